package org.postroom.ftp;

/// What may come of a command: the state diagrams of RFC 959 §6. The client has begun (B), waits for a
/// reply (W), and ends in success (S), failure (F) or error (E); some commands are followed by another.
public enum Diagram {
    /// RFC 959 §6: ABOR, ALLO, DELE, CWD, …: one reply, and that is all.
    ONE_STEP,

    /// RFC 959 §6: APPE, LIST, NLST, REIN, RETR, STOR, STOU: 1yz before the reply.
    TRANSFER,

    /// RFC 959 §6: RNFR, REST, USER, PASS, ACCT: 3yz asks for the command that has to follow.
    SEQUENCE;

    /// Where a reply leads.
    public enum State {
        /// 1yz: there is another reply to wait for.
        WAIT,
        SUCCESS,
        /// 3yz: another command has to follow.
        MORE,
        /// 4yz, RFC 959 §4.2: the same may succeed later.
        FAILURE,
        /// 5yz, or what has no place here.
        ERROR
    }

    /// The diagram of a command. RFC 2228 §5, RFC 2389 §3, RFC 2428 §2, RFC 3659 §7: later ones are like
    /// the old ones.
    public static Diagram of(Command command) {
        return switch (command) {
            case Command.Retr _,
                    Command.Stor _,
                    Command.Appe _,
                    Command.Stou _,
                    Command.List _,
                    Command.Nlst _,
                    Command.Mlsd _,
                    Command.Rein _ ->
                    TRANSFER;
            case Command.User _,
                    Command.Pass _,
                    Command.Rnfr _,
                    Command.Rest _,
                    Command.Rang _,
                    Command.SiteCpfr _ ->
                    SEQUENCE;
            default -> ONE_STEP;
        };
    }

    /// A hash may take a while to count, and servers say 1yz meanwhile: that is borne in every diagram.
    public State after(Reply reply) {
        return switch (reply.code() / 100) {
            case 1 -> State.WAIT;
            case 2 -> State.SUCCESS;
            case 3 -> this == SEQUENCE ? State.MORE : State.ERROR;
            case 4 -> State.FAILURE;
            default -> State.ERROR;
        };
    }
}
