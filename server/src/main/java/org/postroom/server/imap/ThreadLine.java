package org.postroom.server.imap;

import org.postroom.wire.Saying;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// How a thread is written, without recursion.
// RFC 5256 §5: thread-list = "(" (thread-members / thread-nested) ")"
//     thread-members = nz-number *(SP nz-number) [SP thread-nested]
//     thread-nested = 2*thread-list
final class ThreadLine {

    private ThreadLine() {}

    /// @param number what stands for a sequence number
    static void print(Threading.Node root, IntUnaryOperator number, Saying saying) {
        Deque<Optional<Threading.Node>> open = new ArrayDeque<>(); // nothing: a bracket is closed
        open.push(Optional.of(root));
        while (!open.isEmpty()) {
            var next = open.pop();
            if (next.isEmpty()) {
                saying.octets(")");
                continue;
            }
            saying.octets("(");
            open.push(Optional.empty());
            var node = next.get();
            if (!node.isDummy()) saying.number(number.applyAsInt(node.sequence));
            while (node.children.size() == 1) {
                node = node.children.getFirst();
                saying.octets(" ").number(number.applyAsInt(node.sequence));
            }
            if (node.children.isEmpty()) continue;
            if (!node.isDummy()) saying.octets(" ");
            for (var child : node.children.reversed()) open.push(Optional.of(child));
        }
    }
}
