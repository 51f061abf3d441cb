package dev.tidegate.sql.settings;

/** A limit that is a whole number. */
public abstract class IntLimit extends Limit<Integer> {

    private static final long serialVersionUID = 1L;

    private final int least;
    private final int most;

    /**
     * A limit.
     *
     * @param variable the environment variable that sets it
     */
    protected IntLimit(String variable, int least, int most) {
        super(variable);
        this.least = least;
        this.most = most;
    }

    @Override
    public Integer convert(String text) {
        return within(least, most, text, Integer::valueOf, Object::toString);
    }
}
