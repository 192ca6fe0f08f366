package org.postroom.agent;

import org.postroom.agent.account.Accounts;
import org.postroom.agent.account.Hindrance;

import tools.jackson.databind.json.JsonMapper;

import java.util.LinkedHashMap;

/// What each verb does, in whichever face it was said.
final class Commands {

    /// Nothing was found, or nothing is new: no error, and scripts want to know.
    static final int NOTHING = 1;

    private final Session session;
    private final Index index;
    private final Reading reading;
    private final Filing filing;
    private final Writing writing;

    Commands(Session session) {
        this.session = session;
        this.index = new Index(session);
        this.reading = new Reading(session);
        this.filing = new Filing(session);
        this.writing = new Writing(session);
    }

    Index index() {
        return index;
    }

    Reading reading() {
        return reading;
    }

    Filing filing() {
        return filing;
    }

    Writing writing() {
        return writing;
    }

    /// @return 0, or [#NOTHING]
    int run(Verb verb, Given given) throws Hindrance {
        if (given.has(Option.HELP)) {
            session.desk.page(Help.of(verb));
            return 0;
        }
        switch (verb) {
            case LIST -> index.list(given);
            case READ -> reading.read(given);
            case SEARCH -> {
                return index.search(given) ? 0 : NOTHING;
            }
            case PARTS -> reading.parts(given);
            case SAVE -> reading.save(given);
            case VIEW -> reading.view(given);
            case PRINT -> reading.print(given);
            case PIPE -> reading.pipe(given);
            case JOIN -> reading.join(given);
            case FETCH -> reading.fetch(given);
            case FLAG -> filing.flag(given);
            case MOVE -> filing.move(given);
            case COPY -> filing.copy(given);
            case DELETE -> filing.delete(given);
            case UNDELETE -> filing.undelete(given);
            case EXPUNGE -> filing.expunge();
            case MAILBOXES -> index.mailboxes(given);
            case OPEN -> open(given);
            case CREATE -> filing.create(given);
            case RENAME -> filing.rename(given);
            case REMOVE -> filing.remove(given);
            case SEND -> writing.send(given);
            case REPLY -> writing.reply(given);
            case FORWARD -> writing.forward(given);
            case RESEND -> writing.resend(given);
            case RECALL -> writing.recall(given);
            case ADDRESSES -> writing.addresses(given);
            case OUTBOX -> writing.outbox(given);
            case KEYS -> new KeyVerbs(session).run(given);
            case CHECK -> {
                return check();
            }
            case ACCOUNTS -> accounts(given);
            case COMPLETION -> Completion.print(given, session.desk.out());
            case MANUAL -> session.desk.out().print(Manual.text());
            case HELP -> session.desk.page(Help.of(given));
            case BROWSE -> throw Hindrance.usage("A full screen needs a terminal.");
            case QUIT -> {}
        }
        return 0;
    }

    private void open(Given given) throws Hindrance {
        if (given.words().isEmpty()) throw Hindrance.usage("Open which mailbox?");
        session.open(String.join(" ", given.words()));
        index.list(new Given(given.verb(), given.options(), java.util.List.of()));
    }

    private int check() throws Hindrance {
        int news = session.news();
        var unseen = session.server().count(session.access().mailbox());
        if (session.desk.hasPerson())
            session.desk.tell(news == 0 ? "Nothing new." : Index.count(news, "new letter") + ".");
        else unseen.ifPresent(it -> session.desk.out().println(it.unseen()));
        session.desk.out().flush();
        return news > 0 || unseen.filter(it -> it.unseen() > 0).isPresent() ? 0 : NOTHING;
    }

    private void accounts(Given given) throws Hindrance {
        var out = session.desk.out();
        for (var account :
                Accounts.read(session.folder, (_, name) -> java.nio.file.Path.of(name)).all())
            if (given.has(Option.JSON)) {
                var described = new LinkedHashMap<String, Object>();
                described.put("name", account.name());
                described.put("address", account.person().address());
                described.put("access", account.access().toString());
                described.put("submission", account.submission().toString());
                out.println(new JsonMapper().writeValueAsString(described));
            } else
                out.println(
                        org.postroom.mime.render.Columns.fit(account.name(), 16)
                                + account.person().address()
                                + "  "
                                + account.access());
        out.flush();
    }
}
