"""The lists that the act prescribes, line by line ("elenco con data, argomento trattato e persone").

They hold other people's names: only who follows the programme reads them.
"""
