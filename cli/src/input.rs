use std::io::Read;

use prism_catalog::FailureCode;
use prism_runtime::ExitCode;
use prism_runtime::ports::{Failure, Json};

use crate::messages::{show_failure, show_usage};

/// The most bytes of input that are read: 64 MiB.
const MAX_INPUT: u64 = 64 << 20;

/// The input of a run as the option gives it; without one, an empty record.
pub(crate) fn read(option: Option<&str>) -> Result<Json, ExitCode> {
    let (name, text) = match option {
        None => return Ok(Json::Object(serde_json::Map::new())),
        Some("-") => ("standard input".to_owned(), limited(std::io::stdin().lock())),
        Some(option) => match option.strip_prefix('@') {
            Some(path) => (format!("`{path}`"), std::fs::File::open(path).and_then(limited_file)),
            None => ("the input".to_owned(), Ok(option.as_bytes().to_vec())),
        },
    };
    let bytes = text.map_err(|error| {
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            _ => error.to_string(),
        };
        show_usage(&format!("{name} cannot be read as input: {reason}"));
        ExitCode::Usage
    })?;
    parse(&name, &bytes).map_err(|failure| {
        show_failure(&failure);
        ExitCode::InputRefused
    })
}

fn limited_file(file: std::fs::File) -> std::io::Result<Vec<u8>> {
    if file.metadata()?.is_dir() {
        return Err(std::io::Error::other("it is a folder"));
    }
    limited(file)
}

fn limited(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_INPUT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_INPUT {
        return Err(std::io::Error::other("it is larger than 64 MiB"));
    }
    Ok(bytes)
}

fn parse(name: &str, bytes: &[u8]) -> Result<Json, Failure> {
    let refused = |message: String| Failure::new(FailureCode::InputMismatch, message);
    let text = std::str::from_utf8(bytes)
        .map_err(|error| refused(format!("{name} is not text: byte {} is not UTF-8", error.valid_up_to())))?;
    if text.trim().is_empty() {
        return Err(refused(format!("{name} is empty; write `{{}}` for an empty record")));
    }
    serde_json::from_str(text).map_err(|error| refused(format!("{name} is not JSON: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_say_where_they_are() {
        let message = |bytes: &[u8]| parse("the input", bytes).unwrap_err().message;
        assert_eq!(message(b"{\"a\": }"), "the input is not JSON: expected value at line 1 column 7");
        assert_eq!(message(b"  "), "the input is empty; write `{}` for an empty record");
        assert_eq!(message(b"\"\xff\""), "the input is not text: byte 1 is not UTF-8");
    }
}
