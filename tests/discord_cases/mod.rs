//! The cases, by what they are about.

mod buttons;
mod deferral;
mod desk;
mod dialogues;
mod documents;
mod double;
mod faults;
mod health;
mod hostile;
mod lifecycle;
mod limits;
mod markdown;
mod measure;
mod memory;
mod notices;
mod picture;
mod places;
mod registration;
mod reload;
mod restricted;
mod settings;
mod soak;
mod stream;
