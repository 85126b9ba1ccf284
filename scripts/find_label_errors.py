#!/usr/bin/env python3
"""List the sentences of the training split whose labels are the most suspicious, to be read again.

    python scripts/find_label_errors.py --texts FOLDER --count 150 > suspicious.txt

The linear model labels every document of the training split after being fitted on others (five folds over texts, the
excerpts of one together); cleanlab ranks the labels by how little the model believes them, with each class's
probabilities adjusted for how sure the model is of it (C. G. Northcutt, L. Jiang, I. L. Chuang, "Confident Learning",
2021). A suspicion is no verdict: a label is changed only by somebody who reads the sentence in its article. Validation
and test documents are never looked at this way.

Writes each document with the suspicious sentences marked, their label, and what the model says; the sentences between
that are far from one are left out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from cleanlab.rank import get_label_quality_scores
from scipy.special import softmax
from sklearn.model_selection import GroupKFold

from hedge.annotations import AnnotatedDocument, Corpus
from hedge.labels import CLASSES
from hedge.training.linear import fit_linear
from whole_corpus import corpus_parser, load_whole

FOLDS = 5
NEIGHBOURS = 3


def main() -> None:
    """Run the script."""
    parser = corpus_parser(__doc__)
    parser.add_argument("--count", type=int, default=150)
    options = parser.parse_args()
    corpus = load_whole(options.data, options.texts)
    training = corpus.split("train")
    probabilities = out_of_fold(training)
    labels = np.array([sentence.class_index for sentence in training.sentences])
    quality = get_label_quality_scores(labels, probabilities, adjust_pred_probs=True)
    suspicious = set(np.argsort(quality, kind="stable")[: options.count].tolist())
    first = 0
    for document in training.documents:
        numbers = {row - first for row in suspicious if first <= row < first + len(document.sentences)}
        if numbers:
            print("\n".join(excerpt(document, numbers, probabilities[first:])), end="\n\n")
        first += len(document.sentences)


def out_of_fold(corpus: Corpus) -> npt.NDArray[np.float64]:
    """Return probabilities by models that have not seen the sentence's text, shape (sentences, classes)."""
    documents = np.array(corpus.documents, dtype=object)
    texts = [document.sha256 for document in corpus.documents]
    logits: dict[str, npt.NDArray[np.float32]] = {}
    for seen, unseen in GroupKFold(FOLDS, shuffle=True, random_state=0).split(documents, groups=texts):
        model = fit_linear(Corpus(tuple(documents[seen])))
        for document in documents[unseen]:
            logits[document.id] = next(iter(model.logits([document.segmented])))
    return np.asarray(softmax(np.concatenate([logits[d.id] for d in corpus.documents]).astype(np.float64), axis=1))


def excerpt(document: AnnotatedDocument, numbers: set[int], probabilities: npt.NDArray[np.float64]) -> list[str]:
    """Return the lines of a document: its suspicious sentences among their neighbours."""
    lines = [f"=== {document.id} ({document.genre})"]
    for number, sentence in enumerate(document.sentences):
        if min(abs(number - suspect) for suspect in numbers) > NEIGHBOURS:
            continue
        mark = ""
        if number in numbers:
            guess = int(probabilities[number].argmax())
            mark = f" <<<< {sentence.class_name}; the model: {CLASSES[guess]} ({probabilities[number, guess]:.2f})"
        lines.append(f"{number}\t{' '.join(sentence.text.split())}{mark}")
    return lines


if __name__ == "__main__":
    main()
