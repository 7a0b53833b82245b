use super::*;

fn parse(text: &str) -> Result<AgentsFile, AgentsFileError> {
    AgentsFile::parse(text, Path::new("conf/agents.toml"))
}

fn problem(text: &str) -> (Option<usize>, String) {
    let error = parse(text).expect_err(text);
    (error.line, error.problem.to_string())
}

#[test]
fn a_full_file_is_read() {
    let file = parse(
        r#"
search = ["bin", "/opt/agents"]

[[agent]]
id = "one"
command = ["./one", "-v"]
env = ["KEY_1"]
cwd = "data"
timeout = "500ms"
capabilities = ["classification"]
cost = "$0.001"
labels = { tier = "cheap" }

[[agent]]
id = "two"
name = "Two"
endpoint = "127.0.0.1:5000"
"#,
    )
    .unwrap();
    assert_eq!(file.folder, Path::new("conf"));
    assert_eq!(file.search, [Path::new("conf/bin"), Path::new("/opt/agents")]);
    assert_eq!(
        file.agents[0],
        AgentEntry {
            id: "one".to_owned(),
            line: 4,
            name: None,
            capabilities: Some(vec!["classification".to_owned()]),
            cost_nanodollars: Some(1_000_000),
            labels: [("tier".to_owned(), "cheap".to_owned())].into(),
            kind: AgentKind::Command(CommandEntry {
                command: vec!["./one".to_owned(), "-v".to_owned()],
                environment: vec!["KEY_1".to_owned()],
                folder: PathBuf::from("conf/data"),
                timeout: Duration::from_millis(500),
            }),
        }
    );
    assert_eq!(file.agents[1].name.as_deref(), Some("Two"));
    assert_eq!(file.agents[1].kind, AgentKind::Endpoint("127.0.0.1:5000".to_owned()));
}

#[test]
fn mistakes_are_named_with_their_line() {
    let (line, message) = problem("[[agent]]\nid = \"a\"\ncomand = [\"x\"]\n");
    assert_eq!((line, message.as_str()), (Some(3), "unknown key `comand`; did you mean `command`?"));
    let (line, message) = problem("agents = []\n");
    assert_eq!((line, message.as_str()), (Some(1), "unknown key `agents`; did you mean `agent`?"));
    let (_, message) = problem("[[agent]]\nid = \"a\"\nzzz = 1\n");
    assert_eq!(message, "unknown key `zzz`");
    let (line, message) =
        problem("[[agent]]\nid = \"a\"\nendpoint = \"h:1\"\n\n[[agent]]\nid = \"a\"\nendpoint = \"h:2\"\n");
    assert_eq!((line, message.as_str()), (Some(5), "the id `a` was given to another agent on line 1"));
    let (line, message) = problem("[[agent]]\nname = \"a\"\n");
    assert_eq!((line, message.as_str()), (Some(1), "an agent without an `id`"));
}

#[test]
fn an_agent_is_reached_in_exactly_one_way() {
    assert!(problem("[[agent]]\nid = \"a\"\n").1.contains("neither"));
    assert!(
        problem("[[agent]]\nid = \"a\"\nendpoint = \"h:1\"\ncommand = [\"x\"]\n").1.contains("`command`;")
    );
    let (line, message) = problem("[[agent]]\nid = \"a\"\nendpoint = \"h:1\"\nenv = [\"X\"]\n");
    assert_eq!(line, Some(4));
    assert!(message.contains("`env`"), "{message}");
}

#[test]
fn values_of_the_wrong_kind_are_refused() {
    for (lines, expected) in [
        ("id = 1", "`id` should be a text, and is a number"),
        ("id = \"\"", "`id` should be a text of 1 to 256 bytes"),
        ("id = \"a\\u001b\"", "`id` should be"),
        ("id = \"a\"\ncommand = \"x\"", "`command` should be a list of texts, and is a text"),
        ("id = \"a\"\ncommand = []", "`command` should be a program"),
        ("id = \"a\"\ncommand = [1]", "`command` should be a list of texts"),
        ("id = \"a\"\nendpoint = \"http://h:1\"", "`endpoint` should be `host:port`"),
        ("id = \"a\"\nendpoint = \"h:1\"\ncost = \"0.1\"", "`cost` should be an amount"),
        ("id = \"a\"\nendpoint = \"h:1\"\ncost = \"$-1\"", "`cost` should be an amount"),
        ("id = \"a\"\nendpoint = \"h:1\"\nlabels = [1]", "`labels` should be a table of texts"),
        ("id = \"a\"\ncommand = [\"x\"]\nenv = [\"A=B\"]", "`env` should be names"),
        ("id = \"a\"\ncommand = [\"x\"]\ntimeout = \"soon\"", "`timeout` should be a time"),
        ("id = \"a\"\ncommand = [\"x\"]\ntimeout = \"11m\"", "`timeout` should be a time"),
    ] {
        let (line, message) = problem(&format!("[[agent]]\n{lines}\n"));
        assert!(message.starts_with(expected), "{lines}: {message}");
        assert_eq!(line, Some(lines.lines().count() + 1), "{lines}");
    }
}

#[test]
fn what_is_no_list_of_agents_is_refused() {
    let (line, message) = problem("[[agent]]\nid = \"a\n");
    assert_eq!(line, Some(2));
    assert!(message.starts_with("this is not TOML"), "{message}");
    assert!(problem("agent = 3").1.contains("a list of tables"));
    let none = parse("# nobody\n").unwrap_err();
    assert_eq!(none.problem, AgentsFileProblem::NoAgents);
    let failure = prism_ports::Failure::from(none);
    assert_eq!(failure.code, "agents/none");
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let read = |path: &Path| AgentsFile::read(path).unwrap_err();
    assert_eq!(read(&folder.path().join("none.toml")).problem, AgentsFileProblem::Missing);
    assert_eq!(read(folder.path()).problem, AgentsFileProblem::NotAFile);
    let binary = folder.path().join("binary.toml");
    std::fs::write(&binary, [b'a', 0xFF, 0xFE]).unwrap();
    assert_eq!(read(&binary).problem, AgentsFileProblem::NotUtf8 { offset: 1 });
    let huge = folder.path().join("huge.toml");
    std::fs::write(&huge, "#".repeat(1024 * 1024 + 1)).unwrap();
    assert!(matches!(read(&huge).problem, AgentsFileProblem::TooLarge { .. }));
    let failure = prism_ports::Failure::from(read(&binary));
    assert_eq!(failure.code, "agents/file");
    assert!(failure.message.contains("binary.toml"), "{}", failure.message);
}

#[test]
fn deeply_nested_toml_is_refused_without_a_crash() {
    let nested = format!("agent = {}{}", "[".repeat(20_000), "]".repeat(20_000));
    assert!(parse(&nested).is_err());
}
