"""The fixed words of information sheets, by language, as the law gives them (R13).

Kept letter by letter and never run through translation. They were written down without the Official
Journal at hand: a lawyer compares them before a live offer.
"""

DISCLAIMER = {
    "en": (
        "This crowdfunding offer has been neither verified nor approved by competent authorities or "
        "the European Securities and Markets Authority (ESMA). The appropriateness of your "
        "experience and knowledge have not necessarily been assessed before you were granted access "
        "to this investment. By making this investment, you assume full risk of taking this "
        "investment, including the risk of partial or entire loss of the money invested."
    ),
    "it": (
        "La presente offerta di crowdfunding non è stata verificata né approvata dalle autorità "
        "competenti o dall'Autorità europea degli strumenti finanziari e dei mercati (ESMA). "
        "L'adeguatezza della vostra esperienza e delle vostre conoscenze non è stata necessariamente "
        "valutata prima che vi sia stato concesso l'accesso al presente investimento. Effettuando "
        "l'investimento, vi assumete pienamente i rischi ad esso connessi, compreso il rischio di "
        "perdita parziale o totale del denaro investito."
    ),
}
RISK_WARNING = {
    "en": (
        "Investment in this crowdfunding project entails risks, including the risk of partial or "
        "entire loss of the money invested. Your investment is not covered by the deposit guarantee "
        "schemes established in accordance with Directive 2014/49/EU of the European Parliament and "
        "of the Council. Nor is your investment covered by the investor compensation schemes "
        "established in accordance with Directive 97/9/EC of the European Parliament and of the "
        "Council. You may not receive any return on your investment. This is not a savings product "
        "and we advise you not to invest more than 10 % of your net worth in crowdfunding projects. "
        "You may not be able to sell the investment instruments when you wish. If you are able to "
        "sell them, you may nonetheless incur losses."
    ),
    "it": (
        "L'investimento in questo progetto di crowdfunding comporta rischi, compreso il rischio di "
        "perdita parziale o totale del denaro investito. Il vostro investimento non è coperto dai "
        "sistemi di garanzia dei depositi istituiti in conformità della direttiva 2014/49/UE del "
        "Parlamento europeo e del Consiglio. Il vostro investimento non è coperto neppure dai "
        "sistemi di indennizzo degli investitori istituiti in conformità della direttiva 97/9/CE "
        "del Parlamento europeo e del Consiglio. Potreste non ottenere alcun rendimento dal vostro "
        "investimento. Non si tratta di un prodotto di risparmio e vi consigliamo di non investire "
        "più del 10 % del vostro patrimonio netto in progetti di crowdfunding. Potreste non essere "
        "in grado di vendere gli strumenti di investimento quando lo desiderate. Se siete in grado "
        "di venderli, potreste comunque subire perdite."
    ),
}
CONSOB_WARNING = {
    "en": (
        "The information on the offer is not subject to approval by Consob. The issuer alone is "
        "responsible for the completeness and truth of the data and information it gives. Investors "
        "are reminded that the investment in instruments of small and medium-sized enterprises is "
        "illiquid and carries a very high risk."
    ),
    "it": (
        "Le informazioni sull'offerta non sono sottoposte ad approvazione da parte della Consob. "
        "L'offerente è l'esclusivo responsabile della completezza e della veridicità dei dati e "
        "delle informazioni dallo stesso fornite. Si richiama inoltre l'attenzione dell'investitore "
        "che l'investimento in strumenti finanziari emessi da piccole e medie imprese è illiquido e "
        "connotato da un rischio molto alto."
    ),
}
