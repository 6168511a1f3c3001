//! No text becomes markup, ends a style or hides how it is to be read.

use drillhall::{engine::text::Language, markup::page::Page};

fn escaped(text: &str) -> String {
    let mut page = Page::new(Language::from("en"));
    page.text(text);
    page.finish()
}

#[test]
fn text_cannot_become_markup() {
    insta::assert_snapshot!(
        escaped("<script>alert('x')</script> & \" onload=\"y"),
        @"&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot; onload=&quot;y"
    );
}

#[test]
fn text_cannot_end_a_style() {
    let mut page = Page::new(Language::from("en"));
    page.css("a\"; } </style>\\");
    assert_eq!(page.finish(), r"a\22 \3B \20 \7D \20 \3C \2F style\3E \5C ");
}

#[test]
fn marks_that_turn_the_writing_are_shown() {
    assert_eq!(escaped("invoice\u{202E}fdp.exe\u{2069}\u{0}"), "invoice[U+202E]fdp.exe[U+2069][U+0000]");
    assert_eq!(escaped("سجلّ\nعربي"), "سجلّ\nعربي");
}
