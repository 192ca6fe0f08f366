package org.postroom.store.engine;

final class MemoryTest extends EngineContract {

    @Override
    Engine open() {
        return new Memory();
    }
}
