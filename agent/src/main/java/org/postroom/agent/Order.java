package org.postroom.agent;

import org.postroom.agent.access.Access;
import org.postroom.agent.access.Access.Level;

import java.util.List;

/// In which order letters stand on the screen: as they came, as a search found them, by threads.
sealed interface Order {

    int size();

    Level at(int index);

    /// The place of a letter, or 0.
    int place(int number);

    /// Letters may have gone.
    Order swept();

    /// All of a mailbox as it is now; nothing is kept of it, however large it is.
    record Plain(Access access) implements Order {
        @Override
        public int size() {
            return access.size();
        }

        @Override
        public Level at(int index) {
            return new Level(access.number(index), 0);
        }

        @Override
        public int place(int number) {
            return access.place(number);
        }

        @Override
        public Order swept() {
            return this;
        }
    }

    record Chosen(Access access, List<Level> levels) implements Order {
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

        @Override
        public int place(int number) {
            for (int i = 0; i < levels.size(); i++) if (levels.get(i).number() == number) return i;
            return 0;
        }

        @Override
        public Order swept() {
            return new Chosen(access, levels.stream().filter(this::isThere).toList());
        }

        private boolean isThere(Level level) {
            return access.number(access.place(level.number())) == level.number();
        }
    }
}
