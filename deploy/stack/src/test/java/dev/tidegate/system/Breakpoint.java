package dev.tidegate.system;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Stops the first thread of a process that enters a method, so that a test can kill the process exactly there.
 *
 * <p>The process is the packaged service; it only got a debugger's port. The product needs no hook for its tests.
 */
final class Breakpoint implements AutoCloseable {

    private final VirtualMachine machine;

    private Breakpoint(VirtualMachine machine) {
        this.machine = machine;
    }

    /** Option of the JVM to be stopped. */
    static String agent(int port) {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
    }

    /** Sets a breakpoint at the first instruction of a method, now or when its class is loaded. */
    static Breakpoint atEntryOf(int port, String className, String method)
            throws IOException, IllegalConnectorArgumentsException {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(candidate -> candidate.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        var arguments = connector.defaultArguments();
        argument(arguments, "hostname").setValue("127.0.0.1");
        argument(arguments, "port").setValue(Integer.toString(port));
        var breakpoint = new Breakpoint(connector.attach(arguments));
        breakpoint.arm(className, method);
        return breakpoint;
    }

    /** Returns when a thread stands at the breakpoint; it stays there. */
    void awaitHit(Duration patience) throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        while (Instant.now().isBefore(end)) {
            EventSet events = machine.eventQueue().remove(1_000);
            if (events == null) {
                continue;
            }
            for (Event event : events) {
                if (event instanceof BreakpointEvent) {
                    return;
                }
                if (event instanceof ClassPrepareEvent loaded) {
                    stopAt(loaded.referenceType(), methodOf(loaded));
                }
            }
            events.resume();
        }
        throw new AssertionError("the breakpoint was not reached within " + patience);
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException killed) {
            // Expected: the test killed the process.
        }
    }

    private static Connector.Argument argument(Map<String, Connector.Argument> arguments, String name) {
        return Objects.requireNonNull(arguments.get(name), name);
    }

    private void arm(String className, String method) {
        var loaded = machine.classesByName(className);
        if (loaded.isEmpty()) {
            var request = machine.eventRequestManager().createClassPrepareRequest();
            request.addClassFilter(className);
            request.putProperty("method", method);
            request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
            request.enable();
        }
        loaded.forEach(type -> stopAt(type, method));
    }

    private void stopAt(ReferenceType type, String method) {
        var location = type.methodsByName(method).getFirst().location();
        var request = machine.eventRequestManager().createBreakpointRequest(location);
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.enable();
    }

    private static String methodOf(ClassPrepareEvent loaded) {
        return (String) loaded.request().getProperty("method");
    }
}
