//! A table whose places are used again, and whose ids are not.

/// Names an entry of a [`Slab`] for as long as it is there. The id of an entry that is gone names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SlabId {
    place: u32,
    generation: u32,
}

/// A table of values under [`SlabId`]s. Equal sequences of operations give equal ids.
#[derive(Debug)]
pub(crate) struct Slab<T> {
    places: Vec<Place<T>>,
    free: Vec<u32>,
    count: usize,
}

#[derive(Debug)]
struct Place<T> {
    generation: u32,
    value: Option<T>,
}

impl<T> Slab<T> {
    pub(crate) const fn new() -> Self {
        Self { places: Vec::new(), free: Vec::new(), count: 0 }
    }

    /// The number of entries, those that are taken out for a moment included.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    pub(crate) fn insert(&mut self, value: T) -> SlabId {
        self.count += 1;
        if let Some(place) = self.free.pop()
            && let Some(entry) = self.places.get_mut(place as usize)
        {
            entry.value = Some(value);
            return SlabId { place, generation: entry.generation };
        }
        let place = self.places.len() as u32;
        self.places.push(Place { generation: 0, value: Some(value) });
        SlabId { place, generation: 0 }
    }

    /// Takes a value out, to be put back with [`Slab::restore`]; its id stays valid.
    pub(crate) fn take(&mut self, id: SlabId) -> Option<T> {
        self.entry(id)?.value.take()
    }

    /// Puts a value back that was taken out.
    pub(crate) fn restore(&mut self, id: SlabId, value: T) {
        if let Some(entry) = self.entry(id) {
            entry.value = Some(value);
        }
    }

    /// Removes an entry. Its id names nothing from then on, even where its value is taken out.
    pub(crate) fn remove(&mut self, id: SlabId) -> Option<T> {
        let entry = self.entry(id)?;
        let value = entry.value.take();
        entry.generation = entry.generation.wrapping_add(1);
        self.free.push(id.place);
        self.count -= 1;
        value
    }

    fn entry(&mut self, id: SlabId) -> Option<&mut Place<T>> {
        self.places.get_mut(id.place as usize).filter(|entry| entry.generation == id.generation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_not_used_again() {
        let mut slab = Slab::new();
        let first = slab.insert("a");
        assert_eq!(slab.remove(first), Some("a"));
        let second = slab.insert("b");
        assert_ne!(first, second);
        assert_eq!(slab.take(first), None);
        assert_eq!(slab.take(second), Some("b"));
        assert_eq!(slab.len(), 1);
        slab.restore(second, "c");
        assert_eq!(slab.remove(second), Some("c"));
        assert_eq!(slab.remove(second), None);
        assert_eq!(slab.len(), 0);
    }

    #[test]
    fn removing_what_is_taken_out_frees_the_place() {
        let mut slab = Slab::new();
        let id = slab.insert(1);
        assert_eq!(slab.take(id), Some(1));
        assert_eq!(slab.remove(id), None);
        slab.restore(id, 1);
        assert_eq!((slab.take(id), slab.len()), (None, 0));
    }
}
