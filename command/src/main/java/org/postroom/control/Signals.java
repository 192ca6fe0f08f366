package org.postroom.control;

import java.lang.reflect.Proxy;

/// The signals that a server obeys. The JDK's class for them is not for everybody and the compiler warns
/// of it, so it is reached by reflection, here only. Where it is missing, signals do what they always
/// do.
public final class Signals {

    private static final System.Logger LOG = System.getLogger(Signals.class.getName());

    private Signals() {}

    /// Runs something at each signal of this name, on a thread of its own.
    ///
    /// @param name without SIG: `TERM`, `INT`, `HUP`
    public static void on(String name, Runnable what) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var ours =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, method, _) -> {
                                if (method.getName().equals("handle")) what.run();
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException missing) {
            LOG.log(System.Logger.Level.WARNING, "SIG" + name + " can't be heard", missing);
        }
    }
}
