package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.mime.Flowed.Paragraph;

import java.util.List;

class FlowedTest {

    private static List<Paragraph> read(String... lines) {
        return Flowed.paragraphs(String.join("\r\n", lines) + "\r\n", false);
    }

    private static Paragraph said(String text) {
        return new Paragraph(0, text);
    }

    // RFC 3676 §4.7
    @Test
    void thePartyInFlowedLines() {
        assertThat(
                        read(
                                "`Take some more tea,' the March Hare said to Alice, very ",
                                "earnestly.",
                                "",
                                "`I've had nothing yet,' Alice replied in an offended tone, `so I ",
                                "can't take more.'"))
                .containsExactly(
                        said("`Take some more tea,' the March Hare said to Alice, very earnestly."),
                        said(""),
                        said(
                                "`I've had nothing yet,' Alice replied in an offended tone, `so I"
                                        + " can't take more.'"));
    }

    // RFC 3676 §4.5
    @Test
    void quoteDepthWins() {
        assertThat(
                        read(
                                "> Thou villainous ill-breeding spongy dizzy-eyed ",
                                "> reeky elf-skinned pigeon-egg! ",
                                ">> Thou artless swag-bellied milk-livered ",
                                ">> dismal-dreaming idle-headed scut!",
                                ">>> Thou errant folly-fallen spleeny reeling-ripe ",
                                ">>> unmuzzled ratsbane!",
                                ">>>> Henceforth, the coding style is to be strictly ",
                                ">>>> enforced, including the use of only upper case.",
                                ">>>>> I've noticed a lack of adherence to the coding ",
                                ">>>>> styles, of late.",
                                ">>>>>> Any complaints?"))
                .containsExactly(
                        new Paragraph(
                                1,
                                "Thou villainous ill-breeding spongy dizzy-eyed reeky elf-skinned"
                                        + " pigeon-egg! "),
                        new Paragraph(
                                2,
                                "Thou artless swag-bellied milk-livered dismal-dreaming idle-headed"
                                        + " scut!"),
                        new Paragraph(
                                3,
                                "Thou errant folly-fallen spleeny reeling-ripe unmuzzled"
                                        + " ratsbane!"),
                        new Paragraph(
                                4,
                                "Henceforth, the coding style is to be strictly enforced, including"
                                        + " the use of only upper case."),
                        new Paragraph(
                                5,
                                "I've noticed a lack of adherence to the coding styles, of late."),
                        new Paragraph(6, "Any complaints?"));
    }

    // RFC 3676 §4.4, §4.5
    @Test
    void stuffingIsTakenOut() {
        assertThat(
                        read(
                                " From me",
                                " > no quote",
                                "  two blanks",
                                ">> Exit, Stage Left",
                                ">>Exit, Stage Left",
                                "> > Exit, Stage Left"))
                .containsExactly(
                        said("From me"),
                        said("> no quote"),
                        said(" two blanks"),
                        new Paragraph(2, "Exit, Stage Left"),
                        new Paragraph(2, "Exit, Stage Left"),
                        new Paragraph(1, "> Exit, Stage Left"));
    }

    // RFC 3676 §4.3
    @Test
    void aSignatureIsNeverJoined() {
        assertThat(read("flowing ", "-- ", "Ann ", "and Bob", "> -- ", "> Eve"))
                .containsExactly(
                        said("flowing "),
                        said("-- "),
                        said("Ann and Bob"),
                        new Paragraph(1, "-- "),
                        new Paragraph(1, "Eve"));
    }

    // RFC 3676 §4.1
    @Test
    void delSp() {
        assertThat(Flowed.paragraphs("\u65e5 \r\n\u672c\n  \nend ", true))
                .containsExactly(said("\u65e5\u672c"), said("end"));
        var type = MediaType.parse("text/plain; format=Flowed; DelSp=YES").orElseThrow();
        assertThat(Flowed.isFlowed(type)).isTrue();
        assertThat(Flowed.paragraphs("a \nb", type)).containsExactly(said("ab"));
        assertThat(Flowed.isFlowed(MediaType.DEFAULT)).isFalse();
    }

    @Test
    void nothingIsNothing() {
        assertThat(Flowed.paragraphs("", false)).isEmpty();
    }
}
