//! The appendix of how an exercise was made ready: comcheck, and the go/no-go list as it was signed.

use super::{Context, open_table};
use crate::{
    markup::{figures, page::Page, phrase},
    report::model::{PreparationLine, SignedLine},
};

pub(super) fn write(page: &mut Page, context: &Context<'_>) {
    let Some(preparation) = &context.report.preparation else { return };
    let words = &context.words.preparation;
    let PreparationLine { unsigned, comcheck, signed } = preparation;
    page.put("<section id=\"preparation\">\n<h2>", &words.heading, "</h2>\n");
    if let Some((done, of)) = comcheck {
        let line = phrase::fill(&words.comcheck, &[("done", &done.to_string()), ("of", &of.to_string())]);
        page.put("<p>", &line, "</p>\n");
    }
    if *unsigned {
        page.put("<p><strong>", &words.unsigned, "</strong></p>\n");
    }
    if let Some(signed) = signed {
        list(page, context, signed);
    }
    page.raw("</section>\n");
}

fn list(page: &mut Page, context: &Context<'_>, signed: &SignedLine) {
    let words = &context.words.preparation;
    page.put("<p>", &phrase::fill(&words.signed, &[("time", &figures::instant(signed.at))]), "</p>\n");
    if let Some(note) = &signed.note {
        page.put("<p class=\"note\">", note, "</p>\n");
    }
    open_table(page, &words.caption);
    page.put("<thead><tr><th scope=\"col\">", &words.line, "</th>");
    page.put("<th scope=\"col\">", &words.state, "</th>");
    page.put("<th scope=\"col\">", &words.remarks, "</th></tr></thead>\n<tbody>\n");
    for line in &signed.lines {
        let name = serde_json::to_string(&line.line).unwrap_or_default();
        page.put("<tr><th scope=\"row\">", &phrase::named(&words.lines, name.trim_matches('"')), "</th>");
        page.put("<td>", if line.go { &words.go } else { &words.no_go }, "");
        if line.of > 1 {
            page.put(" <span class=\"quiet\">", &format!("{}/{}", line.count, line.of), "</span>");
        }
        let remarks = line.missing.iter().map(String::as_str).chain(line.note.as_deref());
        page.put("</td><td><bdi>", &remarks.collect::<Vec<_>>().join(", "), "</bdi></td></tr>\n");
    }
    page.raw("</tbody>\n</table></div>\n");
}
