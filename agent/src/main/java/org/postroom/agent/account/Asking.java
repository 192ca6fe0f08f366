package org.postroom.agent.account;

import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.wire.Secret;

/// Who is asked what only a person can say.
public interface Asking {

    /// A question to be answered by yes or no; no, where nobody is there.
    boolean agrees(String question);

    /// @throws Hindrance when nobody is there
    Secret secret(String what) throws Hindrance;

    /// Tells something that no output is for.
    void tell(String what);

    /// A script's: nobody is there.
    Asking NOBODY =
            new Asking() {
                @Override
                public boolean agrees(String question) {
                    return false;
                }

                @Override
                public Secret secret(String what) throws Hindrance {
                    throw new Hindrance(
                            Kind.NOT_ALLOWED,
                            what
                                    + ": there is no terminal to ask at; let a command tell it"
                                    + " (--password-command, or password-command in the file of"
                                    + " accounts).");
                }

                @Override
                public void tell(String what) {
                    System.err.println(what);
                }
            };
}
