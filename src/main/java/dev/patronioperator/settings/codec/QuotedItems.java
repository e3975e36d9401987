package dev.patronioperator.settings.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text at the commas that do not stand between quotes. Quotes stay part of the items, a backslash means nothing, a quote of the other kind inside
 * quotes means nothing: the peer's rules.
 */
final class QuotedItems {
    private static final char NO_QUOTE = 0;

    private QuotedItems() {}

    static Parsed<List<String>> split(String text) {
        var items = new ArrayList<String>();
        var start = 0;
        var quote = NO_QUOTE;
        var quotedFrom = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (quote == NO_QUOTE && c == ',') {
                items.add(text.substring(start, i).trim());
                start = i + 1;
            } else if (quote == NO_QUOTE && (c == '"' || c == '\'')) {
                quote = c;
                quotedFrom = i + 1;
            } else if (c == quote) {
                quote = NO_QUOTE;
            }
        }
        if (quote != NO_QUOTE) {
            return Parsed.invalid("has a quote at position " + quotedFrom + " that is never closed");
        }
        items.add(text.substring(start).trim());
        return Parsed.valid(List.copyOf(items));
    }
}
