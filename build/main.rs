//! Reads `prompts/` and the weights when the program is built, so that no start need read them: a fault in one of them ends the build.

#![allow(dead_code, reason = "the program's own files, of which only a part is needed here")]

#[path = "../src/folder.rs"]
mod folder;
#[path = "../src/locale/forms.rs"]
mod locale;
mod rules;
#[path = "../src/token.rs"]
mod token;
mod weights;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use folder::Folder;

/// Weights of the ranker and of its confidence.
const WEIGHTS: &str = "src/evidence/weights.toml";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=prompts");
    println!("cargo::rerun-if-changed={WEIGHTS}");
    println!("cargo::rerun-if-changed=build");
    match compile() {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            for line in faults.lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn compile() -> Result<(), String> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo gives no OUT_DIR")?);
    let rules = rules::compile(&Folder::Disk(PathBuf::from("prompts")));
    let rules = rules.map_err(|faults| faults.iter().map(|fault| format!("{fault}\n")).collect::<String>())?;
    write(&out.join("prompts.bin"), &rules)?;
    let weights =
        std::fs::read_to_string(WEIGHTS).map_err(|error| error.to_string()).and_then(|text| weights::constants(&text));
    let weights = weights.map_err(|error| format!("{WEIGHTS}: {error}"))?;
    write(&out.join("weights.rs"), weights.as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}
