use std::collections::BTreeSet;

use crate::manifest::Workspace;

/// What a crate may be built from, besides crates of others.
enum Floor {
    /// These crates of ours.
    On(&'static [&'static str]),
    /// Anything: nothing is built from it.
    Anything,
}

/// The house. A crate's row lists every crate of ours that it may name in its `[dependencies]`.
const HOUSE: &[(&str, Floor)] = &[
    // The ground.
    ("prism-diagnostics", Floor::On(&[])),
    ("prism-catalog", Floor::On(&[])),
    ("prism-confidence", Floor::On(&[])),
    ("prism-proto", Floor::On(&[])),
    // The compiler, from text to IR.
    ("prism-syntax", Floor::On(&["prism-diagnostics", "prism-catalog"])),
    ("prism-check", Floor::On(&["prism-diagnostics", "prism-catalog", "prism-confidence", "prism-syntax"])),
    ("prism-ir", Floor::On(&["prism-catalog", "prism-confidence"])),
    ("prism-eval", Floor::On(&["prism-catalog", "prism-confidence", "prism-ir"])),
    (
        "prism-lower",
        Floor::On(&[
            "prism-diagnostics",
            "prism-catalog",
            "prism-confidence",
            "prism-syntax",
            "prism-check",
            "prism-ir",
            "prism-eval",
        ]),
    ),
    ("prism-report", Floor::On(&["prism-diagnostics", "prism-catalog"])),
    (
        "prism-compiler",
        Floor::On(&[
            "prism-diagnostics",
            "prism-catalog",
            "prism-confidence",
            "prism-syntax",
            "prism-check",
            "prism-ir",
            "prism-lower",
            "prism-report",
        ]),
    ),
    // The runtime, from IR to agents.
    ("prism-ports", Floor::On(&["prism-catalog", "prism-confidence"])),
    (
        "prism-engine",
        Floor::On(&["prism-catalog", "prism-confidence", "prism-ir", "prism-eval", "prism-ports"]),
    ),
    ("prism-agents", Floor::On(&["prism-catalog", "prism-ports", "prism-proto"])),
    ("prism-store", Floor::On(&["prism-catalog", "prism-ports"])),
    (
        "prism-runtime",
        Floor::On(&[
            "prism-catalog",
            "prism-confidence",
            "prism-ir",
            "prism-eval",
            "prism-ports",
            "prism-engine",
            "prism-agents",
            "prism-store",
            "prism-compiler",
        ]),
    ),
    // The roofs.
    ("prism-lsp", Floor::On(&["prism-diagnostics", "prism-catalog", "prism-compiler"])),
    (
        "prismc",
        Floor::On(&[
            "prism-catalog",
            "prism-diagnostics",
            "prism-ir",
            "prism-report",
            "prism-compiler",
            "prism-ports",
            "prism-runtime",
            "prism-lsp",
        ]),
    ),
    // Beside the house.
    ("prism-example-agents", Floor::On(&["prism-proto"])),
    ("prism-generate", Floor::On(&[])),
    ("xtask", Floor::On(&[])),
    ("prism-tests", Floor::Anything),
    ("prism-bench", Floor::Anything),
];

/// What the engine must never link, not even through others or in its tests.
const KEPT_FROM_THE_ENGINE: &[&str] = &[
    "prism-syntax",
    "prism-check",
    "prism-lower",
    "prism-compiler",
    "prism-proto",
    "prism-agents",
    "prism-store",
    "chumsky",
    "logos",
    "tonic",
    "rusqlite",
    "libsqlite3-sys",
    "sqlx",
    "tokio",
];

/// Packages whose smallest update may change what we build on.
const PINNED: &[&str] = &["chumsky", "tower-lsp-server"];

fn is_ours(name: &str) -> bool {
    name == "prismc" || name == "xtask" || name.starts_with("prism-")
}

/// Arrows that the house forbids, and crates that have no place in it.
pub(crate) fn forbidden_arrows(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    for manifest in &workspace.manifests {
        let Some((_, floor)) = HOUSE.iter().find(|(name, _)| *name == manifest.name) else {
            problems.push(format!(
                "{} has no place in the house: decide what it may stand on, and add a row to HOUSE in \
                 tests/tests/house/rules.rs and to CONTRIBUTING.md",
                manifest.name
            ));
            continue;
        };
        let Floor::On(allowed) = floor else { continue };
        for dependency in manifest.dependencies.iter().filter(|name| is_ours(name)) {
            if !allowed.contains(&dependency.as_str()) {
                problems.push(format!(
                    "{} may not depend on {dependency}: move what both need to a crate below both of them, or put \
                     a trait into prism-ports; remove the line from {}/Cargo.toml",
                    manifest.name, manifest.folder
                ));
            }
        }
    }
    problems
}

/// Ways from the engine to what it must not link.
pub(crate) fn engine_links(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::from(["prism-engine".to_owned()]);
    let mut ways = vec![vec!["prism-engine".to_owned()]];
    while let Some(way) = ways.pop() {
        let Some(manifest) = way.last().and_then(|name| workspace.manifest(name)) else { continue };
        // The engine's own tests are bound too; those of the crates below are not linked into it.
        let development = manifest.development.iter().filter(|_| way.len() == 1);
        for name in manifest.dependencies.iter().chain(development) {
            let mut longer = way.clone();
            longer.push(name.clone());
            if KEPT_FROM_THE_ENGINE.contains(&name.as_str()) {
                problems.push(format!(
                    "{}: the engine is a deterministic machine without IO; give it what it needs as data through \
                     prism-ports or prism-ir",
                    longer.join(" → ")
                ));
            }
            if seen.insert(name.clone()) {
                ways.push(longer);
            }
        }
    }
    problems
}

/// Manifests that set versions or lints of their own.
pub(crate) fn unshared_settings(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    for manifest in &workspace.manifests {
        for name in &manifest.own_versions {
            problems.push(format!(
                "{}/Cargo.toml gives {name} a version of its own: put it into [workspace.dependencies] and write \
                 `{name}.workspace = true`",
                manifest.folder
            ));
        }
        if !manifest.shares_lints {
            problems.push(format!(
                "{}/Cargo.toml lacks `[lints]` with `workspace = true`: add it",
                manifest.folder
            ));
        }
    }
    problems
}

/// Packages that must be pinned exactly and are not.
pub(crate) fn loose_pins(workspace: &Workspace) -> Vec<String> {
    PINNED
        .iter()
        .filter(|&&package| {
            !workspace.versions.get(package).is_some_and(|version| version.trim_start().starts_with('='))
        })
        .map(|package| {
            format!("{package} is not pinned exactly: write its version as \"=…\" in the root Cargo.toml")
        })
        .collect()
}
