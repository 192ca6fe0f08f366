package org.postroom.server.ftp;

import org.postroom.ftp.Reply;
import org.postroom.store.Refused;

/// What FTP says to each reason that the store has.
final class Answers {

    private Answers() {}

    static Reply to(Refused refused) {
        return switch (refused.reason()) {
            case NO_SUCH_FILE -> Reply.NO_SUCH_FILE;
            case NOT_A_DIRECTORY -> Reply.NO_DIRECTORY;
            case IS_A_DIRECTORY -> Reply.IS_A_DIRECTORY;
            case NOT_EMPTY -> Reply.NOT_EMPTY;
            case NAME_TAKEN -> Reply.NAME_TAKEN;
            case INTO_ITSELF -> Reply.INTO_ITSELF;
            case BAD_NAME -> Reply.BAD_NAME;
            case OVER_QUOTA -> Reply.OVER_QUOTA;
            case PAST_THE_END -> Reply.PAST_THE_END;
            case TOO_FRAGMENTED -> Reply.TOO_FRAGMENTED;
            case LOCKED -> Reply.LOCKED;
            case TOO_BUSY -> Reply.LATER;
            case NO_SUCH_ACCOUNT -> Reply.WRONG;
            // of letters, of administration and of the web: none comes of what FTP can say
            case ACCOUNT_EXISTS,
                    BAD_ADDRESS,
                    NO_SUCH_DOMAIN,
                    DOMAIN_EXISTS,
                    DOMAIN_IN_USE,
                    NO_SUCH_ALIAS,
                    NO_SUCH_LIST,
                    NO_SUCH_MOVE,
                    BAD_PASSWORD,
                    NO_SUCH_APP_PASSWORD,
                    NO_SECOND_FACTOR,
                    NO_SUCH_MAILBOX,
                    MAILBOX_EXISTS,
                    HAS_CHILDREN,
                    INBOX_STAYS,
                    TOO_MANY_MAILBOXES,
                    TOO_MANY_KEYWORDS,
                    TOO_MANY_COPIES,
                    USE_TAKEN,
                    MESSAGE_TOO_LARGE,
                    NO_SUCH_MESSAGE,
                    NO_SUCH_LOCK,
                    TOO_MANY_LOCKS,
                    TOO_MANY_PROPERTIES ->
                    Reply.LATER;
        };
    }
}
