package org.postroom.agent;

import org.postroom.agent.access.Access.Level;

import java.util.List;

/// In which order letters stand on the screen: as they came, as a search found them, by threads.
sealed interface Order {

    int size();

    Level at(int index);

    /// All of a mailbox; nothing is kept of it, however large it is.
    record Plain(int size) implements Order {
        @Override
        public Level at(int index) {
            return new Level(index + 1, 0);
        }
    }

    record Chosen(List<Level> levels) implements Order {
        public Chosen {
            levels = List.copyOf(levels);
        }

        @Override
        public int size() {
            return levels.size();
        }

        @Override
        public Level at(int index) {
            return levels.get(index);
        }
    }
}
