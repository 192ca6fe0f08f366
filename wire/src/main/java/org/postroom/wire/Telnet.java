package org.postroom.wire;

/// What FTP's control connection keeps of Telnet (RFC 959 §4.1.3, RFC 854, TRAPS F2): octet 255,
/// "interpret as command", begins a command that belongs to no line. Commands vanish wherever they
/// stand, options are declined, and 255 itself is said twice.
///
/// A command may come in two segments; what has been seen of it is the state.
final class Telnet {

    // RFC 854, TELNET COMMAND STRUCTURE
    private static final int SE = 240; // end of subnegotiation
    private static final int SB = 250; // begin of subnegotiation
    private static final int WILL = 251;
    private static final int WONT = 252;
    private static final int DO = 253;
    private static final int DONT = 254;
    private static final int IAC = 255;

    static final int DATA_MARK = 242;

    /// IAC IP, and the IAC of the Data Mark that follows as urgent.
    static final byte[] INTERRUPT = {(byte) IAC, (byte) 244, (byte) IAC};

    private enum State {
        TEXT,
        COMMAND,
        WILL_WHAT,
        DO_WHAT,
        OPTION,
        SUBNEGOTIATION,
        SUBNEGOTIATION_COMMAND
    }

    private State state = State.TEXT;
    private final Saying answers = new Saying();

    /// Takes the commands out of what came and moves the rest together.
    ///
    /// @return how many octets are left
    int sift(byte[] octets, int offset, int length) {
        int to = offset;
        for (int i = offset; i < offset + length; i++) {
            int octet = octets[i] & 0xff;
            boolean isText = octet == IAC ? state == State.COMMAND : state == State.TEXT;
            if (isText) octets[to++] = octets[i];
            state = next(octet);
        }
        return to - offset;
    }

    private State next(int octet) {
        return switch (state) {
            case TEXT -> octet == IAC ? State.COMMAND : State.TEXT;
            case COMMAND ->
                    switch (octet) {
                        case WILL -> State.WILL_WHAT;
                        case DO -> State.DO_WHAT;
                        case WONT, DONT -> State.OPTION; // we never had it
                        case SB -> State.SUBNEGOTIATION;
                        default -> State.TEXT; // IP, DM, NOP …; two IACs are one octet of text
                    };
            case WILL_WHAT -> decline(DONT, octet);
            case DO_WHAT -> decline(WONT, octet);
            case OPTION -> State.TEXT;
            case SUBNEGOTIATION ->
                    octet == IAC ? State.SUBNEGOTIATION_COMMAND : State.SUBNEGOTIATION;
            case SUBNEGOTIATION_COMMAND -> octet == SE ? State.TEXT : State.SUBNEGOTIATION;
        };
    }

    private State decline(int verb, int option) {
        answers.octet(IAC).octet(verb).octet(option);
        return State.TEXT;
    }

    /// What is to be said to the commands that came, once.
    byte[] answers() {
        var due = answers.toOctets();
        answers.clear();
        return due;
    }

    /// Whether half a command has come.
    boolean isMidway() {
        return state != State.TEXT;
    }

    /// Octets as they are to be sent: each 255 twice.
    static byte[] doubled(byte[] octets, int offset, int length) {
        var doubled = new Saying();
        for (int i = offset; i < offset + length; i++) {
            doubled.octet(octets[i]);
            if ((octets[i] & 0xff) == IAC) doubled.octet(IAC);
        }
        return doubled.toOctets();
    }
}
