//! Reads `prompts/` when the program is built, so that it need not be read at each start: a fault in a rule file ends the build.

#![allow(dead_code, reason = "the program's own files, of which only a part is needed here")]

#[path = "../src/folder.rs"]
mod folder;
#[path = "../src/locale/forms.rs"]
mod locale;
mod rules;
#[path = "../src/token.rs"]
mod token;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use folder::Folder;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=prompts");
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
    write(&out.join("prompts.bin"), &rules)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}
