package dev.tidegate.api.problem;

import io.vertx.core.http.HttpServerRequest;

/** Requests whose body may be longer than others': they are read as a stream, and never held as a whole. */
public interface LongBodies {

    /** True if a request is one of them. */
    boolean cover(HttpServerRequest request);

    /** Their bound in bytes. */
    long largest();
}
