package org.postroom.mime;

import java.nio.charset.StandardCharsets;

/// The names that most header fields have, so that a summary of thirty fields is not thirty strings.
final class FieldNames {

    private static final int SLOTS = 512; // a power of two

    private static final String[] COMMON = new String[SLOTS];

    static {
        for (var name :
                """
                Received Return-Path Delivered-To From Sender Reply-To To Cc Bcc Date Subject \
                Message-ID Message-Id In-Reply-To References MIME-Version Mime-Version Content-Type \
                Content-type Content-Transfer-Encoding Content-transfer-encoding Content-Disposition \
                Content-ID Content-Id Content-Language Content-Description DKIM-Signature \
                Authentication-Results Received-SPF ARC-Seal ARC-Message-Signature \
                ARC-Authentication-Results X-Mailer User-Agent List-Id List-Unsubscribe List-Post \
                List-Help List-Subscribe List-Archive List-Unsubscribe-Post Precedence Errors-To \
                X-Priority X-Spam-Status X-Spam-Level X-Spam-Flag X-Received X-Original-To \
                X-Google-DKIM-Signature X-Gm-Message-State Auto-Submitted Importance Thread-Topic \
                Thread-Index Accept-Language Lines Status X-Status Feedback-ID X-MSMail-Priority \
                X-MimeOLE X-Loop X-BeenThere X-Originating-IP Organization\
                """
                        .split(" ", -1)) {
            byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
            COMMON[slot(octets, 0, octets.length)] = name;
        }
    }

    private FieldNames() {}

    static String of(byte[] b, int from, int to) {
        String common = COMMON[slot(b, from, to)];
        return common != null && equals(common, b, from, to)
                ? common
                : new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean equals(String name, byte[] b, int from, int to) {
        if (name.length() != to - from) return false;
        for (int i = 0; i < name.length(); i++) if (b[from + i] != name.charAt(i)) return false;
        return true;
    }

    private static int slot(byte[] b, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) hash = hash * 31 + b[i];
        return (hash ^ hash >>> 9) & SLOTS - 1;
    }
}
