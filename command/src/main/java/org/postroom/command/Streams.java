package org.postroom.command;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;

/// Standard input, output and error.
///
/// @param out for octets; who writes there flushes `text` before
/// @param text the same output, for text
record Streams(InputStream in, OutputStream out, PrintWriter text, PrintWriter errors) {}
