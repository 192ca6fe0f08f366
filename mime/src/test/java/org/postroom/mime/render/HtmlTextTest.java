package org.postroom.mime.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

final class HtmlTextTest {

    private static void shows(String html, String text) {
        assertThat(HtmlText.of(html, 40)).isEqualTo(text);
    }

    @Test
    void paragraphsAreBrokenAtTheWidth() {
        shows(
                "<p>One  two\nthree four five six seven eight nine ten<p>Two<br>lines",
                "One two three four five six seven eight\nnine ten\n\nTwo\nlines\n");
        shows(
                "<h1>Title</h1>text<hr>end",
                "Title\n=====\n\ntext\n\n" + "-".repeat(40) + "\n\nend\n");
    }

    @Test
    void linksAreFootnotesUnlessTheySayWhereTheyLead() {
        shows(
                "<p>See <a href='https://example.org/a'>here</a>, <a"
                    + " href='https://example.org/a'>there</a>, <a"
                    + " href='http://example.org/'>example.org</a>, <a"
                    + " href='mailto:a@b.c'>a@b.c</a> and <a href='javascript:alert(1)'>not</a>.",
                "See here [1], there [1], example.org,\n"
                        + "a@b.c and not.\n\n"
                        + "[1] https://example.org/a\n");
        shows(
                "<a href='https://evil.example/'>https://bank.example/</a>",
                "https://bank.example/ [1]\n\n[1] https://evil.example/\n");
    }

    @Test
    void listsAndQuotesAreReadable() {
        shows(
                "<ul><li>one<li>two<ol start=3><li>three<li>a line that is longer than the width"
                        + " is</ol></ul>",
                "• one\n• two\n  3. three\n  4. a line that is longer than the\n     width is\n");
        shows(
                "<blockquote>said<blockquote>before</blockquote></blockquote>answer",
                "> said\n>\n> > before\n\nanswer\n");
        shows("<dl><dt>term<dd>what it means</dl>", "term\n    what it means\n");
        shows("<pre>a\n  b</pre>", "a\n  b\n");
    }

    @Test
    void tablesOfDataHaveColumnsAndThoseOfLayoutDoNot() {
        shows(
                "<table><tr><th>what<th>price<tr><td>apple<td>1,20<tr><td>字字<td>3</table>",
                "what   price\napple  1,20\n字字   3\n");
        shows("<table><tr><td><table><tr><td>a<td>b</table><td><p>c</p></table>", "a  b\n\nc\n");
        shows(
                "<table><tr><td>" + "long ".repeat(20) + "<td>b</table>",
                "long long long long long long long long\n"
                        + "long long long long long long long long\n"
                        + "long long long long\n"
                        + "b\n");
    }

    @Test
    void whatNobodyWouldSeeIsLeftOut() {
        shows(
                "<head><title>t</title><style>p{}</style></head><script>x()</script><p>seen<span"
                    + " style='DISPLAY : none'>a</span><span hidden>b</span><i"
                    + " style='font-size:0px'>c</i><i"
                    + " style='color:#fff;background-color:#fff'>d</i><!-- e --><img src=x width=1"
                    + " height=1 alt=f><div"
                    + " style='max-height:0;overflow:hidden'>g</div><template>h</template><svg><text>i</text></svg>",
                "seen\n");
        shows("<img alt='a cat' src=x> <i style='font-size:0.9em'>small</i>", "[a cat] small\n");
    }

    @Test
    void hostileHtmlTakesLinearTimeAndBoundedDepth() {
        for (var piece :
                List.of(
                        "<div>",
                        "<table><tr><td>",
                        "<blockquote>",
                        "<ul><li>",
                        "<a href=x>",
                        "<b><p>",
                        "<",
                        "&",
                        "<!--",
                        "<p style='" + "a:b;".repeat(50) + "'>",
                        "</p>",
                        "<a href='https://x.example/?",
                        "<font><p>x",
                        "<table><b>",
                        "<svg>",
                        "<select><option>",
                        "x ",
                        "字",
                        "<i><b><u>",
                        "<pre>\n",
                        "<td>x",
                        "<button><p>")) {
            int once = 30_000 / piece.length();
            long small = nanos(piece.repeat(once));
            long large = nanos(piece.repeat(4 * once));
            assertThat(large).as(piece).isLessThan(Math.max(12 * small, 1_500_000_000L));
        }
    }

    private static long nanos(String html) {
        long start = System.nanoTime();
        String text = HtmlText.of(html, 72);
        assertThat(text.length()).isLessThan(3 << 20);
        return System.nanoTime() - start;
    }
}
