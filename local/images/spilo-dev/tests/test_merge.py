import unittest

from spilo.merge import merged


class MergeTest(unittest.TestCase):
    def test_maps_are_merged_at_every_depth_and_the_user_wins(self):
        under = {"postgresql": {"parameters": {"a": 1, "b": 2}, "listen": "*"}}
        over = {"postgresql": {"parameters": {"b": 3, "c": 4}}}
        self.assertEqual(merged(over, under), {"postgresql": {"parameters": {"a": 1, "b": 3, "c": 4}, "listen": "*"}})

    def test_a_list_replaces_the_list(self):
        self.assertEqual(merged({"pg_hba": ["local all all trust"]}, {"pg_hba": ["a", "b"]}), {"pg_hba": ["local all all trust"]})

    def test_an_empty_list_replaces_the_list(self):
        self.assertEqual(merged({"initdb": []}, {"initdb": ["data-checksums"]}), {"initdb": []})

    def test_null_leaves_the_default(self):
        self.assertEqual(merged({"ttl": None, "dcs": None}, {"ttl": 30, "dcs": {"a": 1}}), {"ttl": 30, "dcs": {"a": 1}})

    def test_false_and_zero_are_values(self):
        self.assertEqual(merged({"ssl": False, "lag": 0}, {"ssl": True, "lag": 1}), {"ssl": False, "lag": 0})

    def test_neither_input_is_changed(self):
        over, under = {"a": {"b": 1}}, {"a": {"c": 2}}
        merged(over, under)["a"]["d"] = 3
        self.assertEqual((over, under), ({"a": {"b": 1}}, {"a": {"c": 2}}))


if __name__ == "__main__":
    unittest.main()
