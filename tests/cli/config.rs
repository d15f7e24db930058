//! Settings: flags before variables before the file before defaults; faults with their place; secrets never shown.

use std::fs;

use serde_json::Value;

use crate::program::{finish, run_in, verbatim};

const TOKEN: &str = "MTIz.abc.secretpart";

#[test]
fn each_setting_is_shown_with_its_origin_and_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("verbatim.toml"), "locale = \"it\"\n[discord]\npatience = 90\ndirect_messages = false\n")
        .unwrap();
    let show = |args: &[&str]| {
        let mut command = verbatim();
        command.current_dir(folder.path()).args(args).env("DISCORD_TOKEN", TOKEN).env("VERBATIM_DISCORD_PATIENCE", "30");
        finish(&mut command, b"")
    };
    let shown = show(&["--locale", "en", "config", "show", "--format", "json"]);
    assert_eq!((shown.status, shown.err.as_str()), (0, ""));
    let lines = shown.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<_>>();
    let of = |key: &str| {
        let line = lines.iter().find(|line| line["key"] == key).unwrap();
        (line["value"].clone(), line["origin"].clone(), line["set"].clone())
    };
    assert_eq!(of("locale"), ("en".into(), "--locale".into(), true.into()));
    assert_eq!(of("discord.patience"), ("30".into(), "VERBATIM_DISCORD_PATIENCE".into(), true.into()));
    assert_eq!(of("discord.direct_messages"), ("off".into(), "verbatim.toml:4:19".into(), true.into()));
    assert_eq!(of("log.format"), ("text".into(), "default".into(), true.into()));
    assert_eq!(of("discord.token"), (Value::Null, "DISCORD_TOKEN".into(), true.into()));
    assert_eq!(of("knowledge"), (Value::Null, Value::Null, false.into()));
    let text = show(&["config", "show"]);
    assert!(text.out.contains("discord.token") && text.out.contains("(set, not shown)"), "{}", text.out);
    assert!(!text.out.contains("secretpart") && !shown.out.contains("secretpart"));
}

#[test]
fn the_file_says_where_sources_are_and_a_flag_or_variable_goes_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("mine/bridge");
    fs::create_dir_all(&source).unwrap();
    fs::write(source.join("article.txt"), "Bridge\n\nThe mayor, Ann Roe, said the bridge was late.\n").unwrap();
    fs::write(source.join("source.toml"), "title = \"Bridge\"\nlanguage = \"en\"\n").unwrap();
    let file = folder.path().join("bot.toml");
    fs::write(&file, "knowledge = \"mine\"\n").unwrap();
    let file = file.to_str().unwrap();
    // The path in the file is meant from where the file is, wherever the program is started.
    let ask = |args: &[&str]| finish(verbatim().args(args).args(["source", "list"]), b"").out;
    assert!(ask(&["--config", file]).contains("bridge"));
    assert!(!ask(&["--config", file, "--knowledge", "knowledge"]).contains("bridge"));
    let by_variable = finish(verbatim().env("VERBATIM_CONFIG", file).args(["source", "list"]), b"").out;
    assert!(by_variable.contains("bridge"));
    let other = finish(verbatim().env("VERBATIM_KNOWLEDGE", "knowledge").args(["--config", file, "source", "list"]), b"").out;
    assert!(!other.contains("bridge") && other.contains("equalize-scandal"));
}

#[test]
fn a_fault_in_the_file_is_told_with_its_place_and_ends_every_command() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("verbatim.toml"), "[discord]\n\ndefault_audiense = \"readers\"\n").unwrap();
    for args in [&["ask", "what did Tajani say?"][..], &["config", "show"], &["health"]] {
        let fault = run_in(folder.path(), args);
        assert_eq!((fault.status, fault.out.as_str()), (2, ""));
        let wanted = "error: verbatim.toml:3:1: unknown setting `discord.default_audiense`\n  hint: did you mean `discord.default_audience`?\n";
        assert_eq!(fault.err, wanted);
    }
    // What needs no settings works on.
    assert_eq!(run_in(folder.path(), &["config", "default"]).status, 0);
    assert_eq!(run_in(folder.path(), &["completions", "bash"]).status, 0);
    let missing = run_in(folder.path(), &["--config", "none.toml", "config", "show"]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.starts_with("error: none.toml: "), "{}", missing.err);
}

#[test]
fn variables_that_mean_nothing_are_told() {
    let bad = finish(verbatim().args(["config", "show"]).env("VERBATIM_KEEP_GAPS", "soon"), b"");
    assert_eq!(bad.status, 2);
    assert_eq!(bad.err, "error: VERBATIM_KEEP_GAPS is `soon`: expected a whole number, 1 or more\n");
    let strange = finish(verbatim().args(["config", "show"]).env("VERBATIM_KNOWLEGDE", "x"), b"");
    assert_eq!(strange.status, 0);
    assert_eq!(strange.err, "warning: VERBATIM_KNOWLEGDE is no setting; did you mean VERBATIM_KNOWLEDGE?\n");
}

#[test]
fn health_of_nobody_is_1_and_what_is_off_can_not_be_asked() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let nobody = finish(verbatim().args(["health", "--listen", &address]), b"");
    assert_eq!(nobody.status, 1);
    assert!(nobody.out.starts_with(&format!("no answer from {address}: ")), "{}", nobody.out);
    assert_eq!(finish(verbatim().args(["health", "--listen", "off"]), b"").status, 2);
    assert_eq!(finish(verbatim().args(["health", "--listen", "here"]), b"").status, 2);
}
