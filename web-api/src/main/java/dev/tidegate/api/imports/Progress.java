package dev.tidegate.api.imports;

/** Is told how far an import is, after each entry. It may end the import by an {@link ImportFailed}. */
interface Progress {

    void at(int entriesRead, int rowsWritten);
}
