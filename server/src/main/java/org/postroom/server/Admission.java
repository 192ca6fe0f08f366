package org.postroom.server;

import org.postroom.store.AccountId;
import org.postroom.store.Addressee;

/// What comes of a sign-in. Each protocol has its reply for each.
public sealed interface Admission {

    /// Welcome.
    record Admitted(AccountId account, Addressee name) implements Admission {}

    /// Nobody of that name, or not with that password: the same words, as late (TRAPS T11, F7).
    record Wrong() implements Admission {}

    /// The right password, which opens nothing without a one-time code ([Door#admit(CodeWanted,Secret)]). Where
    /// no code can be said it is as [Wrong]: an app password is what serves there.
    record CodeWanted(AccountId account, Addressee name) implements Admission {}

    /// Passwords are not taken in clear text here.
    record NotInClearText() implements Admission {}

    /// Too many sign-ins wait already, or the directory can't be asked now.
    record Busy() implements Admission {}

    /// The client gave its exchange up with `*`.
    record Cancelled() implements Admission {}

    /// What the client said in its exchange makes no sense: no base64, a wrong form.
    record Malformed() implements Admission {}

    /// There is no such mechanism here.
    record UnknownMechanism() implements Admission {}
}
