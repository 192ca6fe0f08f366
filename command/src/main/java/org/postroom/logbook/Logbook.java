package org.postroom.logbook;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

import org.postroom.server.Journal;
import org.postroom.wire.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

import java.nio.file.Path;
import java.util.Optional;

/// The log, to standard error. Logback finds this class by its service file, so there is no
/// configuration of its own to get wrong.
///
/// Lines are written by a thread of their own. When it can't keep up the oldest news is not worth a
/// stopped server: what does not fit is dropped.
public final class Logbook extends ContextAwareBase implements Configurator {

    static final String JOURNAL = "journal";

    private static final String TRANSFERS = "transfers";
    private static final String ACCESS = "access";
    private static final int QUEUE = 8_192;
    private static final Lines LINES = new Lines(Format.LOGFMT);

    /// For logback.
    public Logbook() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        LINES.setContext(context);
        LINES.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setName("stderr");
        console.setTarget("System.err");
        console.setEncoder(LINES);
        console.start();
        var queue = new Queue();
        queue.setContext(context);
        queue.setName("queue");
        queue.setQueueSize(QUEUE);
        queue.setNeverBlock(true);
        queue.setDiscardingThreshold(0);
        queue.addAppender(console);
        queue.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(queue);
        context.getLogger(JOURNAL).setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// A server begins: from now on there is its journal, too, and not only what went wrong.
    public static void begin() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("org.postroom").setLevel(Level.INFO);
            context.getLogger(JOURNAL).setLevel(Level.INFO);
        }
    }

    /// From now on lines are written like this.
    public static void format(Format format) {
        LINES.format(format);
    }

    /// From now on transfers of files are written to a file, too, as xferlog(5) has it. The file is opened
    /// anew each time, as whoever renames it wishes.
    ///
    /// @param file nothing for none
    public static void transfers(Optional<Path> file) {
        besides(TRANSFERS, file, new Xferlog());
    }

    /// Likewise requests by HTTP, in the common log format.
    public static void access(Optional<Path> file) {
        besides(ACCESS, file, new AccessLog());
    }

    private static synchronized void besides(String name, Optional<Path> file, JournalLines lines) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) return;
        var journal = context.getLogger(JOURNAL);
        var before = journal.getAppender(name);
        if (before != null) {
            journal.detachAppender(before);
            before.stop();
        }
        if (file.isEmpty()) return;
        lines.setContext(context);
        lines.start();
        var out = new FileAppender<ILoggingEvent>();
        out.setContext(context);
        out.setFile(file.get().toString());
        out.setEncoder(lines);
        out.start();
        if (!out.isStarted())
            context.getLogger(Logbook.class)
                    .error("[log] {}: {} can't be written", name, file.get());
        var queue = new AsyncAppender();
        queue.setContext(context);
        queue.setName(name);
        queue.setQueueSize(QUEUE);
        queue.setNeverBlock(true);
        queue.setDiscardingThreshold(0);
        queue.addAppender(out);
        queue.start();
        journal.addAppender(queue);
    }

    /// Where the server's journal goes.
    public static Journal journal() {
        var logger = LoggerFactory.getLogger(JOURNAL);
        return new Journal(entry -> {
            var line = logger.atInfo();
            for (var field : entry.fields()) line = line.addKeyValue(field.name(), field.value());
            line.log(entry.event());
        });
    }

    /// Writes what waits, and ends.
    public static void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) context.stop();
    }

    /// Gives each line the id of the connection whose thread it comes from.
    private static final class Queue extends AsyncAppender {
        @Override
        protected void preprocess(ILoggingEvent event) {
            if (event instanceof LoggingEvent ours && Listener.CONNECTION.isBound())
                ours.addKeyValuePair(new KeyValuePair("id", Listener.CONNECTION.get()));
            super.preprocess(event);
        }
    }
}
