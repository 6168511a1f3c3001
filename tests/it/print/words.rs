//! The words of what is printed, in each of its languages.

use drillhall::print::languages;

use crate::markup::catalogue::{gaps, words};

#[test]
fn each_language_says_everything_with_the_same_gaps() {
    assert_eq!(languages().collect::<Vec<_>>(), ["ar", "en", "es", "fr", "pt", "ru", "zh"]);
    let english = gaps(&words("print", "en"));
    assert!(english.len() > 100, "{}", english.len());
    for language in languages() {
        assert_eq!(gaps(&words("print", language)), english, "{language}");
    }
}

#[test]
fn the_words_of_an_emergency_are_the_same_in_every_language() {
    for language in languages() {
        let words = words("print", language);
        let steps = words["no_duff_steps"].as_array().unwrap();
        assert!(steps.iter().any(|step| step.as_str().unwrap().contains("NO DUFF")), "{language}");
    }
}
