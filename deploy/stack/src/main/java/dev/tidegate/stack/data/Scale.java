package dev.tidegate.stack.data;

/** How much sample data. */
public enum Scale {
    SMALL,
    INCIDENT
}
