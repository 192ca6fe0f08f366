package org.postroom.server.imap;

import org.postroom.imap.Reply;
import org.postroom.store.Refused;

/// IMAP's words for what the store does not do.
final class Answers {

    private Answers() {}

    static Reply to(Refused.Reason reason) {
        return switch (reason) {
            case NO_SUCH_MAILBOX -> Reply.NO_SUCH_MAILBOX;
            case MAILBOX_EXISTS -> Reply.MAILBOX_EXISTS;
            case HAS_CHILDREN -> Reply.HAS_CHILDREN;
            case INBOX_STAYS -> Reply.INBOX_STAYS;
            case TOO_MANY_MAILBOXES -> Reply.TOO_MANY_MAILBOXES;
            case TOO_MANY_KEYWORDS -> Reply.TOO_MANY_KEYWORDS;
            case TOO_MANY_COPIES -> Reply.TOO_MANY_COPIES;
            case USE_TAKEN -> Reply.USE_TAKEN;
            case NO_SUCH_MESSAGE -> Reply.SOME_GONE;
            case OVER_QUOTA -> Reply.OVER_QUOTA;
            case MESSAGE_TOO_LARGE -> Reply.TOO_BIG;
            case BAD_NAME -> Reply.BAD_NAME;
            case INTO_ITSELF -> Reply.INTO_ITSELF;
            case TOO_BUSY -> Reply.LATER;
            case NO_SUCH_ACCOUNT -> Reply.ACCOUNT_GONE;

            // of directory, passwords and files, which no command here asks
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
                    NO_SUCH_FILE,
                    NOT_A_DIRECTORY,
                    IS_A_DIRECTORY,
                    NOT_EMPTY,
                    NAME_TAKEN,
                    PAST_THE_END,
                    TOO_FRAGMENTED,
                    LOCKED,
                    NO_SUCH_LOCK,
                    TOO_MANY_LOCKS,
                    TOO_MANY_PROPERTIES ->
                    Reply.OUR_FAULT;
        };
    }
}
