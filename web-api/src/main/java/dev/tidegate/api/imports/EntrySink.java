package dev.tidegate.api.imports;

/** Takes what a reader finds. It may end the reading by an exception of its own. */
interface EntrySink {

    void accept(Entry entry);

    void refuse(Flaw flaw);
}
