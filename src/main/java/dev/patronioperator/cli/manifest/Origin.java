package dev.patronioperator.cli.manifest;

/**
 * Where something stands.
 *
 * @param file as it was given; {@code standard input} for {@code -}
 * @param document number of the YAML document in the file, from 1
 * @param line from 1
 */
public record Origin(String file, int document, int line) {

    Origin at(int otherLine) {
        return new Origin(file, document, otherLine);
    }

    @Override
    public String toString() {
        return file + " document " + document + " line " + line;
    }
}
