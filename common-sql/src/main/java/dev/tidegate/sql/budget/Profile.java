package dev.tidegate.sql.budget;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of the budget file's two budgets a process lives by; all processes of one database have the same. */
public enum Profile {
    /** What Tidegate is built for. */
    FULL(""),
    /** One or two connections per role, for databases that have hardly more, such as shared hosting. */
    LEAN("lean.");

    /** The environment variable that names the profile. */
    public static final String VARIABLE = "TIDEGATE_PROFILE";

    /** A system property that goes before the variable; for tools that run several in turn. */
    static final String PROPERTY = "tidegate.profile";

    private final String prefix;

    Profile(String prefix) {
        this.prefix = prefix;
    }

    /**
     * The profile of this process, {@link #FULL} unless it is told otherwise.
     *
     * @throws IllegalArgumentException if the variable names none
     */
    public static Profile current() {
        String property = System.getProperty(PROPERTY);
        return of(property == null ? System.getenv(VARIABLE) : property);
    }

    static Profile of(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return FULL;
        }
        return switch (name.strip()) {
            case "full" -> FULL;
            case "lean" -> LEAN;
            default ->
                throw new IllegalArgumentException("%s='%s' is neither 'full' nor 'lean'".formatted(VARIABLE, name));
        };
    }

    /** The value of {@link #VARIABLE}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the keys of this profile's numbers begin with. */
    String prefix() {
        return prefix;
    }
}
