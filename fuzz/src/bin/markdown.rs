//! The fuzzer's entry for `markdown`.
#![no_main]

#[allow(dead_code)]
#[path = "../../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::markdown_escaping(data));
