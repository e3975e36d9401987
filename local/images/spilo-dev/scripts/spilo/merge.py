"""How SPILO_CONFIGURATION lies over the image's own configuration."""


def merged(over, under):
    """Maps are merged at every depth; a list or a scalar of `over` replaces that of `under`; a null leaves it."""
    if over is None:
        return under
    if not (isinstance(over, dict) and isinstance(under, dict)):
        return over
    return {key: merged(over.get(key), under.get(key)) for key in [*under, *(key for key in over if key not in under)]}
