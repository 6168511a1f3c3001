//! The worked example of `docs/SCORING.md`: each row of its table is played, and every number compared.

use std::collections::BTreeMap;

use drillhall::engine::{
    command::{Act, AnswerInput},
    event::ActionStatus,
    plan::{AnswerKey, Criterion, FieldKind, Plan, Preset},
    score::{Component, InjectScore},
    time::Millis,
};

use super::{
    fixture::{Drill, choice, given, submit},
    judging::{mark, note},
    plan::{at, criterion, expected, field, hinted, minutes, options, with, with_form},
};

const DOCUMENT: &str = include_str!("../../../docs/SCORING.md");
const RIGHT: [&str; 3] = ["203.0.113.77", "198.51.100.23", "sync.tidewater-sync.example"];
const WANTED: [&str; 4] = ["what", "impact", "done", "next"];

type Row<'a> = BTreeMap<&'a str, &'a str>;

/// The rows of the table whose first column is called `team`, cell by cell.
fn rows() -> Vec<Row<'static>> {
    let cells = |line: &'static str| -> Vec<&str> { line.trim_matches('|').split('|').map(str::trim).collect() };
    let mut lines = DOCUMENT.lines().skip_while(|line| !line.starts_with("| team | class"));
    let headings = cells(lines.next().expect("the table is there"));
    let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
    rows.map(|line| headings.iter().copied().zip(cells(line)).collect()).collect()
}

fn plan() -> Plan {
    let mut fields = vec![
        field("class", 3, FieldKind::Choice { options: options(&["right", "wrong"]) }),
        field("marks", 2, FieldKind::Indicators { max_lines: 10 }),
    ];
    fields.extend(WANTED.map(|id| {
        let mut wanted = field(id, 0, FieldKind::LongText { max_chars: 100 });
        wanted.wanted = true;
        wanted
    }));
    let mut task = hinted(with_form(at("task", 1), Some(minutes(30)), fields), "where", 100);
    task.content.form.as_mut().expect("it has a form").target = Some(minutes(10));
    task.staff.keys = [
        ("class".into(), AnswerKey::Options([("right".into(), 1000)].into())),
        ("marks".into(), AnswerKey::Indicators(RIGHT.map(str::to_owned).to_vec())),
    ]
    .into();
    let evaluation = &mut task.staff.evaluation;
    evaluation.points = Some(20);
    evaluation.criteria = vec![criterion("clear", 2, false), Criterion { weight: 1, ..criterion("whole", 1, false) }];
    evaluation.actions = vec![expected("told", 1, false), expected("marked", 1, false)];
    let mut plan = with(vec![task]);
    plan.profile.weights = Preset::Balanced.weights();
    plan.profile.grace = minutes(2);
    plan
}

fn number(row: &Row<'_>, column: &str) -> i64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {} is a number", row["team"]))
}

fn after(drill: Drill, minute: i64) -> Drill {
    drill.at_millis(Millis::minutes(1 + minute).0)
}

fn played(row: &Row<'_>) -> InjectScore {
    let count = |column| usize::try_from(number(row, column)).expect("not below nought");
    let given_right = RIGHT.into_iter().take(count("matched")).map(str::to_owned);
    let noise = (0..count("extra")).map(|n| format!("192.0.2.{n}"));
    let lines: Vec<String> = given_right.chain(noise).collect();
    assert_eq!(count("missing"), RIGHT.len() - count("matched"));
    let mut answers = vec![("class", choice(row["class"])), ("marks", AnswerInput::Indicators(lines))];
    answers.extend(WANTED.into_iter().take(count("filled")).map(|id| (id, AnswerInput::Text("said".to_owned()))));

    let drill = after(given(plan()).started(), number(row, "delivered"));
    let mut drill = drill.and("atoll-lead", Act::NoteDelivered { inject: "task".into() });
    if number(row, "hints %") > 0 {
        drill = drill.and("atoll-lead", Act::OpenHint { inject: "task".into(), hint: "where".into() });
    }
    let drill = after(drill, number(row, "answered")).and("atoll-lead", submit("task", &answers));
    let level = |column| u8::try_from(number(row, column)).expect("a level");
    let drill = drill.and("evaluator", mark("atoll", "task", &[("clear", level("clear")), ("whole", level("whole"))]));
    let drill = ["told", "marked"].into_iter().fold(drill, |drill, action| {
        let status = match row[action] {
            "met" => ActionStatus::Met,
            "partly" => ActionStatus::Partly,
            "not_met" => ActionStatus::NotMet,
            _ => ActionStatus::NotObserved,
        };
        drill.and("evaluator", note("atoll", "task", action, status))
    });
    drill.score("atoll", "task")
}

/// Thousandths as the document writes them.
fn shown(milli: i64) -> String {
    format!("{}.{:03}", milli / 1000, milli % 1000)
}

#[test]
fn every_number_of_the_worked_example_is_what_the_engine_says() {
    let rows = rows();
    assert!(rows.len() >= 7, "the table is whole");
    for row in rows {
        let score = played(&row);
        let share = |component| {
            let part = score.components.iter().find(|part| part.component == component);
            part.map_or_else(|| "-".to_owned(), |part| shown(i64::from(part.share_permille)))
        };
        let parts = [
            ("quality", Component::Quality),
            ("accuracy", Component::Accuracy),
            ("completeness", Component::Completeness),
            ("collaboration", Component::Collaboration),
            ("timeliness", Component::Timeliness),
        ];
        for (column, component) in parts {
            assert_eq!(share(component), row[column], "{column} of {}", row["team"]);
        }
        let points = score.points_milli.expect("it counts");
        assert_eq!(shown(points), row["points"], "points of {}", row["team"]);
    }
}

#[test]
fn the_weights_of_the_table_are_those_of_the_presets() {
    let presets = [Preset::CapabilityBuilding, Preset::Balanced, Preset::Competition, Preset::Comcheck];
    let weights = presets.map(Preset::weights);
    let row = |name: &str| -> Vec<u32> {
        let line = DOCUMENT.lines().find(|line| line.starts_with(&format!("| {name} |"))).expect("the row is there");
        line.trim_matches('|').split('|').skip(2).map(|cell| cell.trim().parse().expect("a weight")).collect()
    };
    assert_eq!(row("quality"), weights.map(|it| it.quality));
    assert_eq!(row("accuracy"), weights.map(|it| it.accuracy));
    assert_eq!(row("completeness"), weights.map(|it| it.completeness));
    assert_eq!(row("collaboration"), weights.map(|it| it.collaboration));
    assert_eq!(row("timeliness"), weights.map(|it| it.timeliness));
}
