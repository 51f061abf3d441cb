package dev.tidegate.api.content;

/** A row of the content bank: what an editor wrote, and what the bank adds to it. */
interface Edited<C> {

    long id();

    /** What an editor wrote; a replacement that equals it changes nothing. */
    C content();
}
