use prism_diagnostics::Span;
use prism_syntax::ast::{Band, BandName, ExprId, Name};

use crate::checker::Checker;
use crate::narrowing::Facts;
use crate::statement::Target;
use crate::{CheckError, Type};

impl Checker<'_> {
    /// `value ~@> threshold`, `value ~@> (threshold, otherwise)`.
    pub(crate) fn gate(&mut self, value: ExprId, threshold: ExprId, otherwise: Option<ExprId>) -> Type {
        let found = self.expression(value, None);
        self.threshold(threshold);
        let (certain, uncertain) = found.split();
        if !uncertain && !matches!(certain, Type::Any | Type::Error | Type::Never) {
            self.report(CheckError::RedundantGate { span: self.tree[value].span, found });
        }
        match otherwise {
            None => Type::optional(certain),
            Some(otherwise) => {
                let other = self.expression(otherwise, Some(&certain));
                self.join(certain, other)
            }
        }
    }

    /// `uncertain if subject, high: a, medium: b { … }`: in the band `high` a variable is taken as certain.
    pub(crate) fn uncertain_if(
        &mut self,
        span: Span,
        subject: ExprId,
        thresholds: &[(Name, ExprId)],
        bands: &[Band],
        target: Option<&Target>,
    ) -> Type {
        let found = self.expression(subject, None);
        let plain = matches!(self.expand(&found), Type::Number | Type::Confidence | Type::Any | Type::Error)
            || matches!(&found, Type::Literal(_));
        if !found.is_uncertain() && !plain {
            self.report(CheckError::CertainBands { span: self.tree[subject].span, found: found.clone() });
        }
        self.thresholds(thresholds);
        self.bands_taken(span, bands);
        let sure = self.sure_subject(subject);
        let mut joined = Type::Never;
        for band in bands {
            let facts: &[_] = if band.name == BandName::High { &sure } else { &[] };
            let mark = self.scopes.push_facts(facts);
            let branch = self.branch(&band.body, target);
            self.scopes.pop_facts(mark);
            joined = self.join(joined, branch);
        }
        if missing_bands(bands).is_empty() { joined } else { self.join(joined, Type::Null) }
    }

    /// What holds in the band `high`: the value that was looked at is sure.
    pub(crate) fn sure_subject(&self, subject: ExprId) -> Facts {
        let known = self.confidence_of(subject).or_else(|| self.known(subject));
        known.map(|(subject, of)| (subject, of.certain())).into_iter().collect()
    }

    fn thresholds(&mut self, thresholds: &[(Name, ExprId)]) {
        let mut high = None;
        let mut medium = None;
        for (name, value) in thresholds {
            let number = self.threshold(*value);
            match &*name.text {
                "high" => high = number,
                "medium" => medium = number,
                _ => self.report(CheckError::UnknownThreshold { span: name.span, name: name.text.clone() }),
            }
        }
        let (Some((_, first)), Some((_, last))) = (thresholds.first(), thresholds.last()) else { return };
        let high = high.unwrap_or(0.8);
        let medium = medium.unwrap_or(0.5);
        if high < medium {
            let span = self.tree[*first].span.to(self.tree[*last].span);
            self.report(CheckError::BandOrder { span, high, medium });
        }
    }

    fn bands_taken(&mut self, span: Span, bands: &[Band]) {
        for (position, band) in bands.iter().enumerate() {
            let first = bands.iter().take(position).find(|other| other.name == band.name);
            if let Some(first) = first {
                let (span, band, first) = (band.name_span, band_name(band.name), first.name_span);
                self.report(CheckError::DuplicateBand { span, band, first });
            }
        }
        let missing = missing_bands(bands);
        if !missing.is_empty() {
            let head = Span::new(span.start, span.start + "uncertain if".len() as u32);
            self.report(CheckError::MissingBand { span: head, bands: missing });
        }
    }
}

/// The bands that nothing takes.
pub(crate) fn missing_bands(bands: &[Band]) -> Vec<&'static str> {
    let taken = |name: BandName| bands.iter().any(|band| band.name == name);
    if taken(BandName::Default) {
        return Vec::new();
    }
    [BandName::High, BandName::Medium, BandName::Low]
        .into_iter()
        .filter(|name| !taken(*name))
        .map(band_name)
        .collect()
}

fn band_name(name: BandName) -> &'static str {
    match name {
        BandName::High => "high",
        BandName::Medium => "medium",
        BandName::Low => "low",
        BandName::Default => "default",
    }
}
