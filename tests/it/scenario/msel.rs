//! Spreadsheets as planners write them: in three languages, with titles, gaps and merged cells.

use drillhall::{
    engine::{
        plan::{Channel, InjectAudience, InjectKind, Plan, Planning, Tlp, Trigger},
        text::{Language, Text},
        time::Millis,
    },
    scenario::{
        MAIN_FILE, load_from,
        msel::{Choices, FileKind, Imported, clock, export_msel, import_msel},
    },
};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

const FRENCH: &str = "\u{feff};;;;;;;;
Exercice ORAGE - chronogramme;;TLP:GREEN;;;;;;
;;;;;;;;
N°;Heure;Objet;Expéditeur;Destinataires;Moyen;Texte;Réactions attendues;Observations
;;;;;;;;
Phase 1 : les premiers signes;;;;;;;;
1;9h35;Alerte « VPN »;SOC national;Tous;Courriel;Connexions suspectes.;\"- Demander le journal
- Ouvrir un incident\";
2;9 h 50;Appel du ministre;Cabinet;CIRT A, CIRT B;téléphone;Que se passe-t-il ?;;à jouer sur un ton sec
Phase 2 : la nuit;;;;;;;;
3;23:55;Panne;SOC national;Tous;courriel;Tout est coupé.;;
4;0h10;Reprise;SOC national;Tous;fax;Retour à la normale.;;
5;bientôt;Clôture;Direction;Tous;;Fin de l'exercice.;;
;;;;;;;;fin du tableau
";

const SPANISH: &str = "Número;Hora;Título;De;Para;Canal;Mensaje;Acción esperada;Observaciones;Estado
1;9.35 h;Alerta;CERT;Todos;correo;Señales extrañas en España.;Pedir el registro;revisar;aprobado
2;10.05 h;Llamada;Ministerio;Todos;llamada;¿Qué pasa?;Responder a tiempo;;borrador
";

fn import(bytes: &[u8]) -> Imported {
    import_msel(bytes, "sheet", &Choices::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn plan_of(imported: &Imported) -> Plan {
    let pack = load_from(&imported.files, MAIN_FILE);
    pack.unwrap_or_else(|wrong| panic!("{wrong}\n\n{}", imported.files[MAIN_FILE])).plan
}

fn said(imported: &Imported) -> Vec<String> {
    imported.notes.iter().filter(|note| !note.place.is_empty()).map(ToString::to_string).collect()
}

fn in_language<'t>(language: &str, text: &'t Text) -> &'t str {
    text.0.get(&Language::from(language)).map_or("", String::as_str)
}

fn minutes(plan: &Plan) -> Vec<Option<i64>> {
    let at = |trigger: &Trigger| if let Trigger::At { at } = trigger { Some(at.0 / 60_000) } else { None };
    plan.injects.iter().map(|inject| at(&inject.trigger)).collect()
}

#[test]
fn a_french_sheet_with_titles_and_gaps_finds_its_places() {
    let imported = import(FRENCH.as_bytes());
    let plan = plan_of(&imported);
    assert_eq!((plan.tlp, in_language("fr", &plan.title)), (Tlp::Green, "Exercice ORAGE - chronogramme"));
    assert_eq!(minutes(&plan), [Some(0), Some(15), Some(860), Some(875), None]);
    let phases: Vec<_> =
        plan.phases.iter().map(|phase| (in_language("fr", &phase.title), phase.from.0 / 60_000)).collect();
    assert_eq!(phases, [("Phase 1 : les premiers signes", 0), ("Phase 2 : la nuit", 860)]);
    let call = &plan.injects[1];
    assert_eq!((call.id.to_string().as_str(), call.content.channel), ("appel-du-ministre", Channel::Phone));
    assert_eq!(call.audience, InjectAudience::Cohorts(vec!["cirt-a".into(), "cirt-b".into()]));
    assert_eq!(call.content.from.as_ref().map(|from| in_language("fr", &from.name)), Some("Cabinet"));
    let expected: Vec<_> = plan.injects[0].staff.expected.iter().map(|text| in_language("fr", text)).collect();
    assert_eq!(expected, ["Demander le journal", "Ouvrir un incident"]);
    assert_eq!(in_language("fr", &call.staff.notes), "à jouer sur un ton sec");
    assert_eq!(
        said(&imported),
        [
            "row 12, column B \"Heure\": 'bientôt' is no time; without one, staff release the inject",
            "row 11, column F \"Moyen\": 'fax' is no value that the format knows",
            "row 13, column I \"Observations\": 'fin du tableau' stands alone in its row and found no place",
        ]
    );
}

#[test]
fn a_spanish_sheet_of_an_old_spreadsheet_program_is_read() {
    let (bytes, _, unmapped) = encoding_rs::WINDOWS_1252.encode(SPANISH);
    assert!(!unmapped && std::str::from_utf8(&bytes).is_err());
    let imported = import(&bytes);
    let plan = plan_of(&imported);
    assert_eq!(plan.languages, [Language::from("es")]);
    assert_eq!(in_language("es", &plan.injects[0].content.body), "Señales extrañas en España.");
    assert_eq!(minutes(&plan), [Some(0), Some(30)]);
    assert_eq!(plan.injects[1].content.channel, Channel::Phone);
    assert_eq!(in_language("es", &plan.injects[0].staff.notes), "revisar");
    assert_eq!(plan.injects[1].staff.planning.approval.as_deref(), Some("borrador"));
    assert_eq!(said(&imported), [""; 0]);
}

#[test]
fn the_same_sheet_counts_from_a_start_that_is_given() {
    let choices = Choices { start: clock("09:00"), ..Choices::default() };
    let imported = import_msel(SPANISH.as_bytes(), "sheet", &choices).unwrap();
    assert_eq!(minutes(&plan_of(&imported)), [Some(35), Some(65)]);
}

#[test]
fn the_habits_of_other_platforms_are_known() {
    let sheet = "Event Number,Designated Scenario Time,Event Type,Inject Mode,From,To,Message,\
                 Expected Participant Response,Exercise Objective,Depends on,Notes\n\
                 1,T+5,Key,E-mail,SOC,All,Sign-ins from abroad.,Ask for the log,Preserve the evidence,,\n\
                 2,,Contingency,phone,SOC,All teams,Have you seen it?,,Preserve the evidence,inject 1 + 10 min,be kind\n\
                 3,,Contingency,phone,SOC,All teams,And now?,,,when it gets dark,\n";
    let imported = import(sheet.as_bytes());
    let plan = plan_of(&imported);
    assert_eq!(plan.injects[1].kind, InjectKind::Contingency);
    let after = Trigger::After { inject: plan.injects[0].id.clone(), delay: Millis::minutes(10) };
    assert_eq!((&plan.injects[1].trigger, &plan.injects[2].trigger), (&after, &Trigger::Manual));
    assert_eq!((plan.objectives.len(), in_language("en", &plan.injects[1].staff.notes)), (1, "be kind"));
    assert_eq!(
        said(&imported),
        ["row 4, column J \"Depends on\": 'when it gets dark' names no other row; it was put into the notes for staff"]
    );
}

#[test]
fn each_language_has_its_column() {
    let sheet = "Time\tTitle (en)\tTitle (fr)\tMessage (en)\tMessage FR\tPoll\tPoints\tDeadline minutes\tAttachments\n\
                 0:00\tCall\tAppel\tWho calls?\tQui appelle ?\tA bank | A friend\t5\t10\ta.csv; b/c.png\n\
                 0:35\tEnd\tFin\tIt is over.\tC'est fini.\t\t\t\t../../etc/passwd\n";
    let imported = import(sheet.as_bytes());
    assert_eq!(imported.attachments.iter().map(String::as_str).collect::<Vec<_>>(), ["a.csv", "b/c.png"]);
    assert_eq!(
        said(&imported),
        [
            "row 3, column I \"Attachments\": '../../etc/passwd' names '../../etc/passwd', which is no path inside the scenario's folder"
        ]
    );
    let mut files = imported.files.clone();
    files.extend(["a.csv", "b/c.png"].map(|path| (path.to_owned(), "x".to_owned())));
    let plan = load_from(&files, MAIN_FILE).unwrap_or_else(|wrong| panic!("{wrong}")).plan;
    assert_eq!(plan.languages, [Language::from("en"), Language::from("fr")]);
    let content = &plan.injects[0].content;
    assert_eq!((in_language("en", &content.body), in_language("fr", &content.body)), ("Who calls?", "Qui appelle ?"));
    let form = content.form.as_ref().unwrap();
    assert_eq!((form.deadline, form.fields.len(), form.fields[0].points), (Some(Millis::minutes(10)), 1, 5));
}

#[test]
fn a_mapping_says_what_nobody_could_guess() {
    let sheet = "Zeit;Betreff;Inhalt;Hinweis;\n+0:05;Anruf;Jemand ruft an.;leise;egal\n";
    let refused = import_msel(sheet.as_bytes(), "sheet", &Choices::default()).unwrap_err();
    assert_eq!(refused.code(), "no_header");
    let mapping = "language: de\ncolumns: {Zeit: time, Betreff: title, Inhalt: message, Hinweis: controller notes, column E: ignore}\n";
    let choices = Choices { mapping: Some(mapping), ..Choices::default() };
    let imported = import_msel(sheet.as_bytes(), "sheet", &choices).unwrap();
    let plan = plan_of(&imported);
    assert_eq!((minutes(&plan), in_language("de", &plan.injects[0].staff.notes)), (vec![Some(5)], "leise"));
    assert_eq!(said(&imported), [""; 0]);
}

#[test]
fn a_wrong_mapping_is_refused_with_what_is_wrong() {
    for (mapping, wrong) in [
        (
            "columns: {Time: tyme}",
            "The mapping says that the column 'Time' is 'tyme', which is none of: number, id, title",
        ),
        ("columns: {Nowhere: title}", "The mapping says what the column 'nowhere' is, and the headings are"),
        ("colums: {}", "The mapping says "),
    ] {
        let choices = Choices { mapping: Some(mapping), ..Choices::default() };
        let error = import_msel(b"Time,Title\n1,x\n", "sheet", &choices).unwrap_err();
        assert_eq!(error.code(), "bad_mapping");
        assert!(error.to_string().starts_with(wrong), "{error}");
    }
}

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Cover").unwrap().write(0, 0, "Read me").unwrap();
    fill(workbook.add_worksheet().set_name("MSEL").unwrap());
    workbook.save_to_buffer().unwrap()
}

fn row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
        sheet.write(row, column, *text).unwrap();
    }
}

const HEADINGS: [&str; 7] = ["", "No.", "Time", "Move", "Title", "Message", "From"];

#[test]
fn merged_cells_stand_for_each_row_and_decorative_rows_are_told_apart() {
    let format = Format::new();
    let bytes = workbook(|sheet| {
        sheet.merge_range(0, 1, 0, 6, "Exercise HARBOUR", &format).unwrap();
        row(sheet, 1, &["", "EXERCISE EXERCISE EXERCISE"]);
        row(sheet, 3, &HEADINGS);
        sheet.merge_range(4, 1, 4, 6, "The evening", &format).unwrap();
        row(sheet, 5, &["", "1", "", "", "First", "It begins.", ""]);
        row(sheet, 6, &["", "2", "", "", "Second", "It goes on."]);
        row(sheet, 7, &HEADINGS);
        row(sheet, 9, &["", "3", "", "", "Third", "It ends.", "Press"]);
        sheet.merge_range(5, 6, 6, 6, "Watch desk", &format).unwrap();
        let clock = Format::new().set_num_format("hh:mm");
        for (at, hour, minute) in [(5, 23, 50), (6, 0, 15), (9, 1, 5)] {
            sheet.write_with_format(at, 2, ExcelDateTime::from_hms(hour, minute, 0).unwrap(), &clock).unwrap();
        }
        sheet.write(11, 4, 42).unwrap();
    });
    let imported = import(&bytes);
    let plan = plan_of(&imported);
    assert_eq!(in_language("en", &plan.title), "Exercise HARBOUR");
    assert_eq!(minutes(&plan)[..3], [Some(0), Some(25), Some(75)]);
    assert_eq!(plan.phases.iter().map(|phase| phase.id.to_string()).collect::<Vec<_>>(), ["the-evening"]);
    let from = |n: usize| plan.injects[n].content.from.as_ref().map(|from| from.id.to_string());
    assert_eq!([from(0), from(1), from(2)], ["watch-desk", "watch-desk", "press"].map(|id| Some(id.to_owned())));
    assert!(
        imported.notes.iter().any(|note| note.what.starts_with("the sheet 'Cover' was not read")),
        "{:?}",
        imported.notes
    );
}

#[test]
fn merged_cells_that_may_mean_anything_are_refused_with_what_to_do() {
    let format = Format::new();
    let titles = workbook(|sheet| {
        row(sheet, 0, &HEADINGS);
        row(sheet, 1, &["", "1", "T+1", "", "", "One."]);
        row(sheet, 2, &["", "2", "T+2", "", "", "Two."]);
        sheet.merge_range(1, 4, 2, 4, "One title", &format).unwrap();
    });
    let columns = workbook(|sheet| {
        row(sheet, 0, &HEADINGS);
        row(sheet, 1, &["", "1", "T+1", "", "", "", "Desk"]);
        sheet.merge_range(1, 4, 1, 5, "Title and message", &format).unwrap();
    });
    for (bytes, message) in [
        (
            titles,
            "The merged cell E2:E3 gives 2 rows one 'Title', so it is not known whether they are one inject or several.",
        ),
        (
            columns,
            "The merged cell E2:F2 spans the columns 'Title' to 'Message', so it is not known which of them it means.",
        ),
    ] {
        let error = import_msel(&bytes, "sheet", &Choices::default()).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), ("merged_cells", message));
        assert!(error.advice().starts_with("unmerge these cells"));
    }
}

#[test]
fn a_sheet_is_chosen_by_its_name() {
    let bytes = workbook(|sheet| {
        row(sheet, 0, &["Title", "Message"]);
        row(sheet, 1, &["A", "B"]);
    });
    let named = |sheet| import_msel(&bytes, "sheet", &Choices { sheet: Some(sheet), ..Choices::default() });
    assert_eq!(named("MSEL").unwrap().injects, 1);
    assert_eq!(named("Cover").unwrap_err().code(), "no_header");
    let unknown = named("Covers").unwrap_err();
    assert_eq!(
        (unknown.code(), unknown.to_string().as_str()),
        ("unknown_sheet", "There is no sheet 'Covers'; there are: Cover, MSEL.")
    );
}

#[test]
fn hostile_files_are_refused_before_they_cost_anything() {
    let code = |bytes: &[u8]| import_msel(bytes, "sheet", &Choices::default()).unwrap_err().code();
    assert_eq!(code(b""), "no_header");
    assert_eq!(code(b"Title,Message\n"), "no_injects");
    assert_eq!(code(b"PK\x03\x04rubbish"), "unreadable_file");
    assert_eq!(code(&[0, 1, 2, 3]), "unreadable_file");
    assert_eq!(code(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1]), "unsupported_file");
    assert_eq!(code("Title,Message\n".repeat(6000).as_bytes()), "too_large");
    assert_eq!(code(format!("Title{}\n", ",x".repeat(300)).as_bytes()), "too_large");
    assert_eq!(code(&vec![b'x'; 17 << 20]), "too_large");
    // One cell at the far end of a sheet, and a workbook that unfolds a thousand times.
    assert_eq!(code(&workbook(|sheet| row(sheet, 1_048_575, &["Title"]))), "too_large");
    assert_eq!(code(&bomb()), "too_large");
}

/// A workbook of 100 KB whose parts unfold to 100 MB.
fn bomb() -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let nothing = vec![b' '; 1 << 20];
    for _ in 0..100 {
        archive.write_all(&nothing).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_with_any_bytes_changed_is_read_or_refused() {
    let bytes = workbook(|sheet| {
        row(sheet, 0, &HEADINGS);
        row(sheet, 1, &["", "1", "T+1", "", "A", "B"]);
    });
    for at in (0..bytes.len()).step_by(7) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x55;
        let _either = import_msel(&changed, "sheet", &Choices::default());
        let _either = import_msel(&bytes[..at], "sheet", &Choices::default());
    }
}

/// What the import says of the whole sheet.
fn remarks(imported: &Imported) -> String {
    imported.notes.iter().filter(|note| note.place.is_empty()).map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn one_foreign_heading_does_not_turn_a_sheet_foreign() {
    for heading in ["Observaciones", "Remarques", "Hora"] {
        let sheet = format!("Time,Title,From,To,Message,{heading}\nT+5,Call,SOC,All,Who calls?,\n");
        let imported = import(sheet.as_bytes());
        assert_eq!(plan_of(&imported).languages, [Language::from("en")], "{heading}");
        assert!(remarks(&imported).contains("the sheet is taken to be in en"), "{}", remarks(&imported));
    }
    let french = import("Heure,Titre,Message,Status\nT+5,Appel,Qui ?,ok\n".as_bytes());
    assert_eq!(plan_of(&french).languages, [Language::from("fr")]);
}

#[test]
fn columns_of_planners_are_kept_and_come_back_in_their_places() {
    let sheet = "Time,Title,Message,Storyline,Plan/policy tested,Contingency for,Evaluator notes,Approval status,Capability,Kind\n\
                 T+5,Call,Who calls?,The outage,Plan 4,Nobody reads the log,Who asked?,agreed,Operational readiness,Inject\n";
    let imported = import(sheet.as_bytes());
    let plan = plan_of(&imported);
    let inject = &plan.injects[0];
    assert_eq!((inject.kind, inject.staff.notes.is_empty()), (InjectKind::Contingency, true));
    let text = |text: &str| Some(text.to_owned());
    let planning = Planning {
        storyline: text("The outage"),
        plan_tested: text("Plan 4"),
        contingency_for: text("Nobody reads the log"),
        evaluator_notes: text("Who asked?"),
        approval: text("agreed"),
        capability: text("Operational readiness"),
    };
    assert_eq!(inject.staff.planning, planning);
    let pack = load_from(&imported.files, MAIN_FILE).unwrap_or_else(|wrong| panic!("{wrong}"));
    let out = export_msel(&imported.files, MAIN_FILE, &pack, FileKind::Csv, None).unwrap();
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(&out[..]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |heading: &str| &rows[2][rows[1].iter().position(|known| known == heading).expect(heading)];
    let own =
        ["Storyline", "Plan/policy tested", "Contingency for", "Evaluator notes", "Approval status", "Capability"];
    assert_eq!(
        own.map(cell),
        ["The outage", "Plan 4", "Nobody reads the log", "Who asked?", "agreed", "Operational readiness"]
    );
    assert_eq!(plan_of(&import(&out)), plan);
}

#[test]
fn what_the_clock_of_a_sheet_reads_at_the_start_is_told() {
    let imported = import("Hour,Time,Title,Message\n,23:30,Call,Who calls?\n,00:10,End,Over.\n".as_bytes());
    assert_eq!(minutes(&plan_of(&imported)), [Some(0), Some(40)]);
    let remarks = remarks(&imported);
    assert!(
        remarks.contains("T+0 is 23:30 on the clock of the sheet") && remarks.contains("--start 23:30"),
        "{remarks}"
    );
}
