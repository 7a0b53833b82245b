use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// The manifests of the repository.
pub(crate) struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Its members.
    pub(crate) manifests: Vec<Manifest>,
    /// The version requirements of `[workspace.dependencies]`, by the name of the package on the registry.
    pub(crate) versions: BTreeMap<String, String>,
}

impl Workspace {
    /// Reads the workspace that this test belongs to.
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf();
        let table = parse(&fs::read_to_string(root.join("Cargo.toml")).unwrap());
        let workspace = table["workspace"].as_table().unwrap();
        let manifests = workspace["members"]
            .as_array()
            .unwrap()
            .iter()
            .map(|member| {
                let folder = member.as_str().unwrap();
                Manifest::parse(folder, &fs::read_to_string(root.join(folder).join("Cargo.toml")).unwrap())
            })
            .collect();
        let versions = workspace["dependencies"].as_table().unwrap().iter().filter_map(version).collect();
        Self { root, manifests, versions }
    }

    /// The manifest of a package, where there is one.
    pub(crate) fn manifest(&self, name: &str) -> Option<&Manifest> {
        self.manifests.iter().find(|manifest| manifest.name == name)
    }

    /// The manifest of a package that exists.
    pub(crate) fn manifest_mut(&mut self, name: &str) -> &mut Manifest {
        self.manifests.iter_mut().find(|manifest| manifest.name == name).unwrap()
    }
}

/// The requirement of one row of `[workspace.dependencies]`; none for our own crates, which have paths.
fn version((name, value): (&String, &Value)) -> Option<(String, String)> {
    let (package, version) = match value {
        Value::String(version) => (None, Some(version.as_str())),
        Value::Table(table) => {
            (table.get("package").and_then(Value::as_str), table.get("version").and_then(Value::as_str))
        }
        _ => (None, None),
    };
    Some((package.unwrap_or(name).to_owned(), version?.to_owned()))
}

/// What the house wants to know of a `Cargo.toml`.
pub(crate) struct Manifest {
    /// The folder from the root.
    pub(crate) folder: String,
    /// The package's name.
    pub(crate) name: String,
    /// What the package is built from: `[dependencies]` and `[build-dependencies]`, of all targets.
    pub(crate) dependencies: BTreeSet<String>,
    /// `[dev-dependencies]` of all targets.
    pub(crate) development: BTreeSet<String>,
    /// Dependencies of any kind whose version is not the workspace's.
    pub(crate) own_versions: BTreeSet<String>,
    /// Whether the lints are the workspace's.
    pub(crate) shares_lints: bool,
}

impl Manifest {
    /// Reads the text of a `Cargo.toml`.
    pub(crate) fn parse(folder: &str, text: &str) -> Self {
        let table = parse(text);
        let mut manifest = Self {
            folder: folder.to_owned(),
            name: table["package"]["name"].as_str().unwrap().to_owned(),
            dependencies: BTreeSet::new(),
            development: BTreeSet::new(),
            own_versions: BTreeSet::new(),
            shares_lints: table
                .get("lints")
                .and_then(|lints| lints.get("workspace"))
                .and_then(Value::as_bool)
                .unwrap_or(false),
        };
        manifest.read_dependencies(&table);
        for target in
            table.get("target").and_then(Value::as_table).into_iter().flat_map(|targets| targets.values())
        {
            manifest.read_dependencies(target.as_table().unwrap());
        }
        manifest
    }

    fn read_dependencies(&mut self, table: &Table) {
        for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
            for (name, value) in table.get(section).and_then(Value::as_table).into_iter().flatten() {
                let shared = value.get("workspace").and_then(Value::as_bool).unwrap_or(false);
                if !shared {
                    self.own_versions.insert(name.clone());
                }
                let names = if section == "dev-dependencies" {
                    &mut self.development
                } else {
                    &mut self.dependencies
                };
                names.insert(name.clone());
            }
        }
    }
}

fn parse(text: &str) -> Table {
    text.parse().unwrap()
}
