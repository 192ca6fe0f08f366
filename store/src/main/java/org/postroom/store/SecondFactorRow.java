package org.postroom.store;

import java.util.ArrayList;
import java.util.List;

/// Row `O` of an account's partition: its second factor (RFC 6238), the seed sealed.
///
/// Layout 2: seed, step8 (the latest whose code was taken), then the hashes of the recovery codes that are
/// left. Layout 1 had none of these.
@SuppressWarnings("ArrayRecordComponent") // never compared
record SecondFactorRow(byte[] seed, long step, List<byte[]> recovery) {

    static final byte[] KEY = Key.of('O');
    private static final int LAYOUT = 2;
    private static final int WITHOUT_RECOVERY = 1;

    SecondFactorRow {
        recovery = List.copyOf(recovery);
    }

    static SecondFactorRow read(byte[] row) {
        int layout = row.length > 0 && row[0] == WITHOUT_RECOVERY ? WITHOUT_RECOVERY : LAYOUT;
        var in = new RowIn("second factor", row, layout);
        byte[] seed = in.counted();
        long step = in.long8();
        var recovery = new ArrayList<byte[]>();
        while (in.hasMore()) recovery.add(in.counted());
        return new SecondFactorRow(seed, step, recovery);
    }

    byte[] row() {
        var out = new RowOut(LAYOUT).counted(seed).long8(step);
        recovery.forEach(out::counted);
        return out.row();
    }

    SecondFactorRow at(long other) {
        return new SecondFactorRow(seed, other, recovery);
    }

    SecondFactorRow recoveredBy(List<byte[]> hashes) {
        return new SecondFactorRow(seed, step, hashes);
    }
}
