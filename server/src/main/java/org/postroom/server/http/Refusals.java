package org.postroom.server.http;

import org.postroom.http.Status;
import org.postroom.store.Refused;

/// What the store does not do, in HTTP's words.
final class Refusals {

    private Refusals() {}

    static Refusal of(Refused.Reason reason) {
        return switch (reason) {
            case NO_SUCH_FILE,
                    NO_SUCH_ACCOUNT,
                    NO_SUCH_MAILBOX,
                    NO_SUCH_MESSAGE,
                    NO_SUCH_APP_PASSWORD ->
                    new Refusal(Status.NOT_FOUND, "not-found");
            case NOT_A_DIRECTORY -> new Refusal(Status.CONFLICT, "not-a-directory");
            case IS_A_DIRECTORY -> new Refusal(Status.CONFLICT, "is-a-directory");
            case NOT_EMPTY -> new Refusal(Status.CONFLICT, "not-empty");
            case NAME_TAKEN, ACCOUNT_EXISTS -> new Refusal(Status.CONFLICT, "name-taken");
            case INTO_ITSELF -> new Refusal(Status.CONFLICT, "into-itself");
            case PAST_THE_END -> new Refusal(Status.RANGE_NOT_SATISFIABLE, "past-the-end");
            case TOO_FRAGMENTED -> new Refusal(Status.CONFLICT, "too-fragmented");
            case OVER_QUOTA -> new Refusal(Status.INSUFFICIENT_STORAGE, "over-quota");
            case BAD_NAME, BAD_ADDRESS -> new Refusal(Status.BAD_REQUEST, "bad-name");
            case BAD_PASSWORD -> new Refusal(Status.UNPROCESSABLE_CONTENT, "bad-password");
            case NO_SECOND_FACTOR -> new Refusal(Status.CONFLICT, "no-second-factor");
            case LOCKED -> new Refusal(Status.LOCKED, "locked");
            case NO_SUCH_LOCK -> new Refusal(Status.CONFLICT, "no-such-lock");
            case TOO_MANY_LOCKS, TOO_MANY_PROPERTIES ->
                    new Refusal(Status.INSUFFICIENT_STORAGE, "too-much-kept");
            case TOO_BUSY -> new Refusal(Status.SERVICE_UNAVAILABLE, "too-busy");
            case NO_SUCH_DOMAIN,
                    DOMAIN_EXISTS,
                    DOMAIN_IN_USE,
                    NO_SUCH_ALIAS,
                    NO_SUCH_LIST,
                    NO_SUCH_MOVE,
                    MAILBOX_EXISTS,
                    HAS_CHILDREN,
                    INBOX_STAYS,
                    TOO_MANY_MAILBOXES,
                    TOO_MANY_KEYWORDS,
                    USE_TAKEN,
                    MESSAGE_TOO_LARGE,
                    TOO_MANY_COPIES ->
                    new Refusal(Status.CONFLICT, "not-done");
        };
    }
}
