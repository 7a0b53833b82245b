/// The candidate that a misspelt name most probably means, if one is near enough to be worth a suggestion.
///
/// Distance is Damerau-Levenshtein over lower-cased text; a third of the name's length may differ, at least one
/// character. Far candidates are worse than none.
///
/// ```
/// assert_eq!(prism_check::nearest("lable", ["label", "table_row"]), Some("label"));
/// assert_eq!(prism_check::nearest("x", ["y"]), None);
/// ```
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let length = wanted.chars().count();
    if length < 2 {
        return None;
    }
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, candidate)| (*distance, candidate.len()))
        .map(|(_, candidate)| candidate)
}
