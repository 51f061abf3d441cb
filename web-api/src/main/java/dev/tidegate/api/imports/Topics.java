package dev.tidegate.api.imports;

/** Finds topics by what a file calls them. */
interface Topics {

    /** Id of the topic with this id, or with this name after its subject's ({@code Physics / Kinematics}); 0 if none. */
    int id(String name);
}
