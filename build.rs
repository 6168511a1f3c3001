//! Tells cargo which folders end up in the binary, so that a file that is added there is seen.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=migrations");
    // A debug build reads these from disk when it runs.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=scenarios");
        // A folder that is not there would count as changed each time; the one around it will do.
        let client = if std::path::Path::new("web/dist").exists() { "web/dist" } else { "web" };
        println!("cargo::rerun-if-changed={client}");
    }
}
