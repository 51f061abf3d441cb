package dev.tidegate.stack.data;

/** Phrases that turn one concept into many different questions and cards. Their number is part of the arithmetic. */
final class Wording {

    /** Openings of a question; {@code %1$s} is the topic, {@code %2$s} the subject. */
    static final String[] QUESTION_OPENINGS = {
        "",
        "This question is about %1$s. ",
        "Quick check on %1$s. ",
        "From the %2$s course: ",
        "Revise %1$s before you answer. ",
        "You meet this in a paper on %2$s. ",
        "A classmate asks you for help with %1$s. ",
        "Recall your notes on %1$s. ",
        "Starter question for a lesson on %1$s. ",
        "Think back to the chapter %1$s. ",
        "One minute, no notes. ",
        "%2$s, %1$s. ",
        "Part of a mock exam in %2$s. ",
        "Homework question on %1$s. ",
        "Your tutor opens the session on %1$s with this. ",
        "Take your time with this one. ",
        "End-of-chapter question for %1$s. ",
        "A short warm-up in %2$s. ",
        "Choose the best answer. ",
        "For the final review of %1$s: "
    };

    /** Fronts of flashcards; {@code %1$s} is the term, {@code %2$s} the topic. */
    static final String[] CARD_FRONTS = {
        "What does “%1$s” mean?",
        "Define “%1$s” in one sentence.",
        "%2$s: explain “%1$s”",
        "Give the meaning of “%1$s” and an example",
        "%1$s",
        "How would you explain “%1$s” to a classmate?",
        "“%1$s”: definition and example",
        "What should you know about “%1$s”?",
        "Describe “%1$s” (%2$s)",
        "Where do you meet “%1$s”, and what is it?"
    };

    /**
     * Study advice on the back of cards. All are of nearly the same length, which keeps every card in the width
     * that {@link CardBack} aims at.
     */
    static final String[] CARD_TIPS = {
        "Say the definition aloud without looking, then compare it with this card word by word.",
        "Find one more example of your own and write it down next to the one that is given here.",
        "Cover the list above and try to name the related ideas in any order before you move on.",
        "Explain it to somebody who has never heard of it, and notice where you start to hesitate.",
        "Link the term to a picture that you can see in your mind; odd pictures stay the longest.",
        "Ask yourself what would change if it did not exist, and answer in one complete sentence.",
        "A common mistake is to mix it up with one of its neighbours: say how the two are different.",
        "Write the term in the middle of a page and draw a line to every idea that it touches.",
        "Try to use the word in a sentence about something that you saw, read or did this week.",
        "If this card felt easy, wait a few days longer; if it felt hard, look at it tomorrow.",
        "Exam questions often give the example and ask for the name, so practise both directions.",
        "Turn the definition into a question, answer it the next morning, and check it here again.",
        "Break the definition into two halves and recall the second one from the first one alone.",
        "Look at the example and underline the words that prove that it belongs to this concept.",
        "Compare the first and the last idea of the list above: what do they have in common?",
        "When you get it wrong, write down what you answered instead; that is the idea to revise.",
        "Make up a short rhyme or a phrase from the first letters, and say it before the next card.",
        "Imagine that you have to draw it on the board: which three parts could you not leave out?",
        "Name one case that looks similar but does not fit the definition, and give the reason why.",
        "Before the exam, reduce the whole card to five words; today, read it once more in full.",
        "Think of the place where you first met the word; places help memory more than lists do.",
        "Put the related ideas in the order in which you would teach them and defend your order.",
        "Read the example again and change one detail so that it no longer illustrates the concept.",
        "Mark this card if you guessed, because a lucky answer is forgotten faster than a sure one."
    };

    private Wording() {}
}
