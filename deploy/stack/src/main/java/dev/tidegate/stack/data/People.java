package dev.tidegate.stack.data;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the learners of the sample live and what they are called. */
final class People {

    static final String[] TENANTS = {
        "Meridian Online Academy",
        "Northgate Sixth Form College",
        "Harbour Health Training",
        "Lakeside Grammar School",
        "Summit Exam Preparation",
        "Old Mill Tutoring"
    };

    static final String[] FIRST_NAMES = {
        "Amara", "Ben", "Chiara", "Daniel", "Elif", "Farid", "Grace", "Hana", "Ivan", "Jasmin", "Kofi", "Leila",
        "Mateo", "Nadia", "Oliver", "Priya", "Quentin", "Rosa", "Samir", "Tara", "Ulrike", "Victor", "Wanjiru",
        "Xavier", "Yuki", "Zoe", "Anders", "Bianca", "Carlos", "Dina", "Emre", "Fiona", "Gabriel", "Ingrid", "Joao",
        "Katya", "Liam", "Mei", "Noah", "Olga", "Pedro", "Rania", "Stefan", "Thandi", "Uma", "Vera", "William",
        "Yasmin", "Aroha", "Bikash", "Celine", "Dmitri", "Esther", "Finn", "Giulia", "Hassan", "Isla", "Jonas", "Kiran",
        "Lucia", "Malik", "Nina", "Omar", "Petra"
    };

    static final String[] LAST_NAMES = {
        "Adeyemi",
        "Bauer",
        "Castillo",
        "Dubois",
        "Eriksen",
        "Fischer",
        "Gupta",
        "Haddad",
        "Ito",
        "Jensen",
        "Kowalski",
        "Lindqvist",
        "Mbeki",
        "Nakamura",
        "Okafor",
        "Petrov",
        "Quinn",
        "Rossi",
        "Sharma",
        "Tanaka",
        "Ueda",
        "Vargas",
        "Weber",
        "Xu",
        "Yilmaz",
        "Zhang",
        "Almeida",
        "Brown",
        "Chen",
        "Diallo",
        "Evans",
        "Ferrari",
        "Garcia",
        "Hughes",
        "Ivanova",
        "Johnson",
        "Khan",
        "Lopez",
        "Martin",
        "Nguyen",
        "Olsen",
        "Patel",
        "Rahman",
        "Singh",
        "Thapa",
        "Usman",
        "Virtanen",
        "Walker",
        "Young",
        "Ziegler",
        "Anderson",
        "Banerjee",
        "Costa",
        "Dogan",
        "Edwards",
        "Fofana",
        "Gruber",
        "Hansen",
        "Iyer",
        "Jones",
        "Kaya",
        "Larsen",
        "Moreau",
        "Novak",
        "O'Connor",
        "Pereira",
        "Reyes",
        "Santos",
        "Taylor",
        "Umarov",
        "Vogel",
        "Wilson",
        "Yamada",
        "Zimmermann",
        "Abebe",
        "Becker",
        "Clarke",
        "Dumitru",
        "Estrada",
        "Farrell"
    };

    /** Learners of 200 in each zone; the odd offsets are there because roll-overs must cope with them. */
    private static final Map<String, Integer> ZONES = new TreeMap<>(Map.ofEntries(
            Map.entry("Europe/Berlin", 26),
            Map.entry("Europe/London", 22),
            Map.entry("America/New_York", 24),
            Map.entry("America/Chicago", 12),
            Map.entry("America/Los_Angeles", 12),
            Map.entry("Asia/Kolkata", 16),
            Map.entry("America/Sao_Paulo", 7),
            Map.entry("Europe/Paris", 7),
            Map.entry("Asia/Tokyo", 6),
            Map.entry("Australia/Sydney", 5),
            Map.entry("Europe/Madrid", 4),
            Map.entry("Africa/Lagos", 4),
            Map.entry("Asia/Singapore", 4),
            Map.entry("America/Toronto", 4),
            Map.entry("America/Denver", 4),
            Map.entry("Europe/Istanbul", 3),
            Map.entry("Africa/Nairobi", 3),
            Map.entry("America/Mexico_City", 3),
            Map.entry("Asia/Manila", 3),
            Map.entry("Europe/Warsaw", 3),
            Map.entry("Asia/Dubai", 2),
            Map.entry("Asia/Karachi", 2),
            Map.entry("Asia/Dhaka", 2),
            Map.entry("Africa/Cairo", 2),
            Map.entry("Asia/Kathmandu", 2),
            Map.entry("America/St_Johns", 2),
            Map.entry("Pacific/Auckland", 2),
            Map.entry("Africa/Johannesburg", 2),
            Map.entry("America/Phoenix", 1),
            Map.entry("America/Bogota", 1),
            Map.entry("Pacific/Honolulu", 1),
            Map.entry("America/Anchorage", 1),
            Map.entry("Asia/Tehran", 1),
            Map.entry("Asia/Yangon", 1),
            Map.entry("Australia/Adelaide", 1),
            Map.entry("Australia/Lord_Howe", 1),
            Map.entry("Pacific/Apia", 1),
            Map.entry("Pacific/Chatham", 1),
            Map.entry("Pacific/Kiritimati", 1),
            Map.entry("Pacific/Pago_Pago", 1)));

    private People() {}

    /** Each zone as often as it has learners, so that drawing one evenly draws by weight. */
    static String[] zones() {
        return ZONES.entrySet().stream()
                .map(zone -> Collections.nCopies(zone.getValue(), zone.getKey()))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }
}
