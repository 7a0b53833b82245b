use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::de::DeTable;

use super::error::AgentsFileProblem;
use super::table::{Located, Table, line};
use super::{AgentEntry, AgentKind, CommandEntry, DEFAULT_REGISTRATION_TIMEOUT};
use crate::registry::parse_endpoint;

const FILE_KEYS: &[&str] = &["agent", "search"];
const AGENT_KEYS: &[&str] =
    &["id", "name", "endpoint", "command", "capabilities", "cost", "labels", "env", "cwd", "timeout"];
/// The most bytes of an id.
const LONGEST_ID: usize = 256;
/// The longest that an agent may be given to register.
const LONGEST_TIMEOUT: Duration = Duration::from_secs(600);

/// The folders of commands and the agents that a text lists.
pub(super) fn agents(text: &str, folder: &Path) -> Result<(Vec<PathBuf>, Vec<AgentEntry>), Located> {
    let document = DeTable::parse(text).map_err(|error| {
        let problem = AgentsFileProblem::Syntax { message: error.message().trim().to_owned() };
        (error.span().map(|span| line(text, span.start)), problem)
    })?;
    let file = Table::new(text, document.get_ref(), FILE_KEYS)?;
    let search = file.strings("search")?.unwrap_or_default();
    let search = search.into_iter().map(|path| folder.join(path)).collect();
    let mut first_lines = HashMap::new();
    let mut agents = Vec::new();
    for (line, table) in file.tables("agent")? {
        let entry = agent(&Table::new(text, table, AGENT_KEYS)?, line, folder)?;
        if let Some(first_line) = first_lines.insert(entry.id.clone(), line) {
            return Err((Some(line), AgentsFileProblem::DuplicateId { id: entry.id, first_line }));
        }
        agents.push(entry);
    }
    if agents.is_empty() {
        return Err((None, AgentsFileProblem::NoAgents));
    }
    Ok((search, agents))
}

fn agent(table: &Table<'_>, line: usize, folder: &Path) -> Result<AgentEntry, Located> {
    let id = table.string("id")?.ok_or((Some(line), AgentsFileProblem::NoId))?;
    if id.is_empty() || id.len() > LONGEST_ID || id.chars().any(char::is_control) {
        return Err(table.wrong_value("id", &id, "a text of 1 to 256 bytes without control characters"));
    }
    let kind = match (table.string("endpoint")?, table.strings("command")?) {
        (Some(_), Some(_)) => return Err((Some(line), AgentsFileProblem::BothEndpointAndCommand { id })),
        (None, None) => return Err((Some(line), AgentsFileProblem::NeitherEndpointNorCommand { id })),
        (Some(endpoint), None) => {
            for key in ["env", "cwd", "timeout"] {
                if let Some(line) = table.line_of(key) {
                    return Err((Some(line), AgentsFileProblem::CommandOnly { id, key }));
                }
            }
            if parse_endpoint(&endpoint).is_err() {
                return Err(table.wrong_value("endpoint", &endpoint, "`host:port`, without a scheme"));
            }
            AgentKind::Endpoint(endpoint)
        }
        (None, Some(command)) => AgentKind::Command(command_entry(table, command, folder)?),
    };
    let cost_nanodollars = table
        .string("cost")?
        .map(|text| {
            money(&text).ok_or_else(|| table.wrong_value("cost", &text, "an amount such as \"$0.001\""))
        })
        .transpose()?;
    Ok(AgentEntry {
        id,
        line,
        name: table.string("name")?,
        capabilities: table.strings("capabilities")?,
        cost_nanodollars,
        labels: table.labels("labels")?,
        kind,
    })
}

fn command_entry(table: &Table<'_>, command: Vec<String>, folder: &Path) -> Result<CommandEntry, Located> {
    let expected = "a program and its arguments, none of them with a zero byte";
    let usable = command.first().is_some_and(|program| !program.is_empty());
    if !usable || command.iter().any(|word| word.contains('\0')) {
        return Err(table.wrong_value("command", &command.join(" "), expected));
    }
    let environment = table.strings("env")?.unwrap_or_default();
    if let Some(name) = environment.iter().find(|name| !is_variable(name)) {
        return Err(table.wrong_value("env", name, "names of environment variables"));
    }
    let timeout = match table.string("timeout")? {
        None => DEFAULT_REGISTRATION_TIMEOUT,
        Some(text) => seconds(&text)
            .filter(|timeout| !timeout.is_zero() && *timeout <= LONGEST_TIMEOUT)
            .ok_or_else(|| table.wrong_value("timeout", &text, "a time up to 10 minutes, such as \"10s\""))?,
    };
    let folder = table.string("cwd")?.map_or_else(|| folder.to_owned(), |path| folder.join(path));
    Ok(CommandEntry { command, environment, folder, timeout })
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// `$1`, `$0.001`, at most nine digits after the point, in nano-dollars.
fn money(text: &str) -> Option<i64> {
    let (whole, fraction) = match text.strip_prefix('$')?.split_once('.') {
        Some((whole, fraction)) => (whole, fraction),
        None => (text.strip_prefix('$')?, "0"),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > 9 {
        return None;
    }
    let nano: i64 = format!("{fraction:0<9}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(1_000_000_000)?.checked_add(nano)
}

/// `500ms`, `10s`, `2m`.
fn seconds(text: &str) -> Option<Duration> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    match unit {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => number.checked_mul(60).map(Duration::from_secs),
        _ => None,
    }
}
