//! `drillhall print`: the inject book, answer sheets and contact card of a plan, on paper.

use std::{fs, path::PathBuf};

use anyhow::Context;
use clap::Args;

use super::{Outcome, log_file, say, scenario::open};
use crate::{
    engine::{plan::Plan, text::Language},
    print::{self, Standing},
};

/// Print the inject book, answer sheets and contact card, to go on by phone and paper without the platform
#[derive(Debug, Args)]
pub(super) struct Print {
    /// A scenario (its path, or the name of one that came with the program), or an exported log
    /// (`….jsonl`): then the plan as the exercise has changed it
    #[arg(value_name = "SCENARIO|LOG.jsonl")]
    source: String,
    /// Folder to write the pages to
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Language to print in, may be given again; the languages of the scenario without it
    #[arg(long = "language", value_name = "xx", value_parser = known_language)]
    languages: Vec<Language>,
}

impl Print {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let standing = self.standing()?;
        fs::create_dir_all(&self.output)
            .with_context(|| format!("the folder {} cannot be made (may you write there?)", self.output.display()))?;
        for language in self.languages_of(standing.plan()) {
            let printed = print::print(&standing, &language);
            let pages = [
                ("inject-book", printed.inject_book, "STAFF ONLY"),
                ("answer-sheets", printed.answer_sheets, "for teams, one by one as they are needed"),
                ("contact-card", printed.contact_card, "for everybody"),
            ];
            for (name, html, whose) in pages {
                let path = self.output.join(format!("{name}.{}.html", language.0));
                log_file::write_whole(&path, html.as_bytes())?;
                say(&format!("{} ({whose})\n", path.display()))?;
            }
        }
        say("next: open the pages in a browser and print them\n")?;
        Ok(Outcome::Done)
    }

    fn standing(&self) -> anyhow::Result<Standing> {
        let path = PathBuf::from(&self.source);
        if path.extension().is_none_or(|ending| ending != "jsonl") {
            return Ok(Standing::of_plan(open(&self.source)?.plan));
        }
        let log = log_file::read(&path)?;
        Standing::of_log(log.events.iter().map(|(_, event)| event)).with_context(|| {
            format!("{} does not begin with the creation of an exercise; export the log of an exercise", self.source)
        })
    }

    /// Those asked for; else those of the plan that there are words for; else English.
    fn languages_of(&self, plan: &Plan) -> Vec<Language> {
        let known = |language: &&Language| known_language(&language.0).is_ok();
        let mut languages = match self.languages.as_slice() {
            [] => plan.languages.iter().filter(known).cloned().collect(),
            asked => asked.to_vec(),
        };
        languages.sort();
        languages.dedup();
        if languages.is_empty() { vec![Language::from("en")] } else { languages }
    }
}

fn known_language(tag: &str) -> Result<Language, String> {
    let language = Language::from(tag);
    let primary = language.0.split('-').next().unwrap_or_default().to_owned();
    if language.is_tag() && print::languages().any(|known| known == primary) {
        return Ok(language);
    }
    Err(format!("there are words to print in {}", print::languages().collect::<Vec<_>>().join(", ")))
}
